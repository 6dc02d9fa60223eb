package dev.sqlmem.session.state;

import dev.sqlmem.sql.classify.Classification;
import dev.sqlmem.sql.classify.Effects;
import dev.sqlmem.sql.classify.StatementKind;
import dev.sqlmem.wire.type.DateStyle;
import dev.sqlmem.wire.type.IntervalStyle;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the proxy knows of the upstream session: reported parameters, transaction status, and the
 * {@link SessionSettings} as long as nothing can have changed it. Belongs to the event loop.
 */
public final class SessionState {
    /** ReadyForQuery's statuses (manual, "Message Formats"). */
    public static final byte IDLE = 'I';

    public static final byte IN_BLOCK = 'T';
    public static final byte FAILED = 'E';

    private static final String READ_ONLY = "default_transaction_read_only";

    /** Settings that shape no answer of the cache, or whose changes the server reports. */
    private static final Set<String> HARMLESS = Set.of(
            "application_name",
            "client_min_messages",
            "statement_timeout",
            "lock_timeout",
            "idle_in_transaction_session_timeout",
            "idle_session_timeout",
            "work_mem",
            "timezone",
            "time zone",
            "datestyle",
            "intervalstyle",
            "client_encoding",
            "names",
            "standard_conforming_strings",
            "escape_string_warning",
            "synchronous_commit",
            "tcp_keepalives_idle",
            "row_security",
            "jit",
            "geqo",
            "default_transaction_read_only",
            "transaction_read_only",
            "lc_messages",
            "xmloption",
            "synchronize_seqscans",
            "check_function_bodies",
            "default_table_access_method",
            "default_tablespace");

    private final Map<String, String> reported = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final boolean readOnly;
    private byte status = IDLE;
    private @Nullable SessionSettings settings;
    private int settingsEpoch;
    private boolean suspectReadOnly;
    private boolean exposed;
    private boolean changedInBlock;
    private @Nullable String blockObstacle;
    private boolean answeredInBatch;

    public SessionState(boolean readOnly) {
        this.readOnly = readOnly;
    }

    /** Whether the proxy keeps its sessions from writing. */
    public boolean isReadOnly() {
        return readOnly;
    }

    public byte status() {
        return status;
    }

    /** What the session is doing, for people; {@code idle} says whether it is doing nothing now. */
    public String describe(boolean idle) {
        if (status == IN_BLOCK) {
            return "in transaction";
        }
        if (status == FAILED) {
            return "failed transaction";
        }
        if (idle) {
            return "idle";
        }
        return "active";
    }

    /** Takes in a ParameterStatus. */
    public void report(String name, String value) {
        String before = reported.put(name, value);
        if (readOnly && name.equalsIgnoreCase(READ_ONLY) && !value.equals("on")) {
            suspectReadOnly = true;
        }
        if (before != null && !before.equals(value) && settings != null) {
            settings = null;
        }
    }

    public String reported(String name) {
        return reported.getOrDefault(name, "");
    }

    /** How the server prints dates now. */
    public DateStyle dateStyle() {
        return Objects.requireNonNullElse(DateStyle.of(reported("DateStyle")), DateStyle.ISO);
    }

    /** How the server prints intervals now. */
    public IntervalStyle intervalStyle() {
        return Objects.requireNonNullElse(IntervalStyle.of(reported("IntervalStyle")), IntervalStyle.POSTGRES);
    }

    public boolean standardStrings() {
        return !reported("standard_conforming_strings").equals("off");
    }

    /** The obstacle that the reported parameters are, or null. */
    @Nullable
    public String reportedObstacle() {
        if (!reported("client_encoding").equalsIgnoreCase("UTF8")
                && !reported("client_encoding").equalsIgnoreCase("UNICODE")) {
            return "client_encoding is " + reported("client_encoding");
        }
        if (!reported("server_encoding").equalsIgnoreCase("UTF8")) {
            return "server_encoding is " + reported("server_encoding");
        }
        if (DateStyle.of(reported("DateStyle")) == null) {
            return "DateStyle is " + reported("DateStyle");
        }
        if (IntervalStyle.of(reported("IntervalStyle")) == null) {
            return "IntervalStyle is " + reported("IntervalStyle");
        }
        if (standardStrings()) {
            return null;
        }
        return "standard_conforming_strings is off";
    }

    /** The settings, or null where the server must be asked. */
    @Nullable
    public SessionSettings settings() {
        return settings;
    }

    /**
     * Takes in the epoch of the catalogs. In a new one a search path may lead elsewhere, with schemas of its
     * names that are new, or gone, or open to the role now.
     */
    public void catalogs(int epoch) {
        if (epoch != settingsEpoch) {
            settings = null;
        }
    }

    /** Takes in the server's answer to a question that was asked in this epoch of the catalogs. */
    public void settled(SessionSettings now, int epoch) {
        settings = now;
        settingsEpoch = epoch;
        suspectReadOnly = false;
    }

    /** Whether the session may have left its read-only setting. */
    public boolean isSuspect() {
        return suspectReadOnly;
    }

    /**
     * Whether the session may have left its read-only setting, or what runs right now may be doing that: the
     * server tells with its next ReadyForQuery.
     */
    public boolean mayBeReadWrite() {
        return suspectReadOnly || exposed;
    }

    /** Whether it may have, and can be pinned to it again right now, before anything else runs. */
    public boolean mustPin() {
        return suspectReadOnly && status == IDLE;
    }

    /** Why no answer from the cache fits into the transaction, or null. */
    @Nullable
    public String transactionObstacle() {
        if (status == FAILED) {
            return "the transaction has failed";
        }
        if (status == IN_BLOCK) {
            if (blockObstacle != null) {
                return blockObstacle;
            }
            SessionSettings known = settings;
            if (known != null && !known.readCommitted()) {
                return "the transaction is not READ COMMITTED";
            }
        }
        return null;
    }

    /** Notes that an Execute of the current batch is answered by the proxy. */
    public void answeredInBatch() {
        answeredInBatch = true;
    }

    /** Whether the batch that no Sync has ended yet had an Execute that the proxy has answered. */
    public boolean hasAnsweredInBatch() {
        return answeredInBatch;
    }

    /** Takes in the client's Sync. */
    public void synced() {
        answeredInBatch = false;
    }

    /** Takes in the status of a ReadyForQuery. */
    public void ready(byte now) {
        status = now;
        if (exposed) {
            exposed = false;
            // Servers before 14 don't report the setting.
            suspectReadOnly |= !reported(READ_ONLY).equals("on");
        }
        if (now == IDLE) {
            blockObstacle = null;
            if (changedInBlock) {
                changedInBlock = false;
                settings = null;
            }
        }
    }

    /**
     * Notes what a statement that goes upstream may change; null stands for one that is unknown.
     *
     * @param harmless whether the functions that it calls are known to change nothing
     */
    public void relayed(@Nullable Classification classification, boolean harmless) {
        if (classification == null) {
            unknown();
            wrote();
            return;
        }
        bound(classification);
        Effects effects = classification.effects();
        if (effects.isolation()) {
            blockObstacle = "the transaction's isolation level was set";
            if (changesIsolationDefault(effects)) {
                changed();
            }
        }
        if ((effects.unknownFunctions() && !harmless) || effects.everything() || effects.createsTemp()) {
            unknown();
        } else if (effects.allSettings() || !HARMLESS.containsAll(effects.settings())) {
            changed();
        }
        if (classification.kind() == StatementKind.WRITE) {
            wrote();
        }
        if (changedInBlock && classification.kind() == StatementKind.TRANSACTION) {
            settings = null; // ROLLBACK TO SAVEPOINT takes settings back as well
        }
    }

    /** Notes that the server plans a statement, which can run functions already; null: one that is unknown. */
    public void bound(@Nullable Classification classification) {
        exposed |= readOnly && (classification == null || classification.runsUnseen());
    }

    private static boolean changesIsolationDefault(Effects effects) {
        return effects.changesSettings() || !effects.beginsTransaction();
    }

    /** Something unseen may have happened, to the read-only setting too. */
    public void unknown() {
        changed();
        if (readOnly) {
            exposed = true;
        } else {
            wrote();
        }
    }

    private void changed() {
        settings = null;
        changedInBlock = true;
    }

    private void wrote() {
        if (!readOnly) {
            blockObstacle = "the transaction has written";
        }
    }
}
