package dev.sqlmem.sql.classify;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The classification of one statement.
 *
 * @param kind what it is
 * @param command its leading words for people, such as {@code INSERT}
 * @param refusal why read-only mode refuses it, or null where it doesn't
 * @param effects what it touches and changes
 */
public record StatementClass(
        StatementKind kind, String command, @Nullable Refusal refusal, Effects effects) {

    private static final Set<String> RUNS_NOTHING =
            Set.of("SHOW", "LOCK", "CLOSE", "LISTEN", "UNLISTEN", "NOTIFY", "DEALLOCATE", "DISCARD");

    /**
     * Whether it can run functions that its text doesn't show: those behind views, operators, casts,
     * domains, policies. They may change any setting.
     */
    public boolean runsUnseen() {
        return switch (kind) {
            case SELECT, WRITE -> true;
            case READ -> !RUNS_NOTHING.contains(command);
            case EMPTY, SET, TRANSACTION, LOCAL -> false;
        };
    }
}
