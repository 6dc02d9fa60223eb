package dev.sqlmem.sql.classify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What is known of functions by their names alone. */
final class FunctionNames {

    /** Functions that change a sequence and no table. */
    private static final Set<String> SEQUENCES = Set.of("nextval", "setval");

    /** Functions that change something, or run SQL that a string holds. */
    private static final Set<String> SIDE_EFFECTS = Set.of(
            "lowrite",
            "lo_creat",
            "lo_create",
            "lo_export",
            "lo_from_bytea",
            "lo_import",
            "lo_put",
            "lo_truncate",
            "lo_truncate64",
            "lo_unlink",
            "pg_logical_emit_message",
            "pg_logical_slot_get_changes",
            "pg_logical_slot_get_binary_changes",
            "pg_drop_replication_slot",
            "pg_replication_slot_advance",
            "pg_sync_replication_slots",
            "pg_create_restore_point",
            "pg_switch_wal",
            "pg_switch_xlog",
            "pg_promote",
            "pg_reload_conf",
            "pg_rotate_logfile",
            "pg_rotate_logfile_old",
            "pg_backup_start",
            "pg_backup_stop",
            "pg_start_backup",
            "pg_stop_backup",
            "pg_wal_replay_pause",
            "pg_wal_replay_resume",
            "pg_import_system_collations",
            "pg_nextoid",
            "pg_stop_making_pinned_objects",
            "pg_extension_config_dump",
            "gin_clean_pending_list",
            "pg_file_write",
            "pg_file_rename",
            "pg_file_unlink",
            "pg_file_sync",
            "pg_truncate_visibility_map",
            "heap_force_kill",
            "heap_force_freeze",
            "pg_stat_statements_reset",
            "query_to_xml",
            "query_to_xmlschema",
            "query_to_xml_and_xmlschema",
            "cursor_to_xml",
            "ts_stat",
            "ts_rewrite",
            "connectby",
            "xpath_table");

    private static final Set<String> SIDE_EFFECT_PREFIXES = Set.of(
            "dblink",
            "crosstab",
            "brin_summarize",
            "brin_desummarize",
            "binary_upgrade_",
            "pg_stat_reset",
            "pg_replication_origin_",
            "pg_create_",
            "pg_copy_",
            "pg_restore_",
            "pg_clear_",
            "pglogical_");

    private static final Set<String> HARMLESS = load();

    private FunctionNames() {}

    /** Whether the function may write, or run text as SQL; in whatever schema. */
    static boolean hasSideEffects(String name) {
        return SIDE_EFFECTS.contains(name) || SIDE_EFFECT_PREFIXES.stream().anyMatch(name::startsWith);
    }

    /** Whether the server's own function of this name changes a sequence, and nothing that is cached. */
    static boolean changesSequence(String name) {
        return SEQUENCES.contains(name);
    }

    /** Whether an unqualified function of the name is, as far as the server's own are meant, harmless. */
    static boolean isHarmless(String name) {
        return HARMLESS.contains(name) || name.startsWith("pg_stat_get_");
    }

    private static Set<String> load() {
        try (InputStream in = FunctionNames.class.getResourceAsStream("harmless-functions.txt")) {
            if (in == null) {
                throw new IllegalStateException("harmless-functions.txt is missing");
            }
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return Arrays.stream(text.trim().split("\\s+")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
