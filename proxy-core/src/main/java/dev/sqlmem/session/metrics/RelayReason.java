package dev.sqlmem.session.metrics;

import dev.sqlmem.sql.classify.Classification;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The classes of reasons for which statements go upstream: a closed set, so that metrics can be labelled with
 * it. The full reason of a statement is in {@code sqlmem.statements} and {@code sqlmem.explain}.
 */
public enum RelayReason {
    TRANSACTION_CONTROL("begins or ends a transaction"),
    SETTING("sets or resets a setting"),
    UTILITY("reads, but is no SELECT: SHOW, EXPLAIN, COPY TO, cursors, LISTEN"),
    WRITE("writes, or may write"),
    SEVERAL_STATEMENTS("several statements in one text"),
    NO_TABLE("reads system catalogs, or no table at all"),
    FUNCTION("calls a function that the cache does not know"),
    UNSUPPORTED_SQL("uses SQL that the cache does not answer exactly"),
    TABLE("the table or one of its columns is not cached"),
    WAITED("its plan or load was not there within the fill wait"),
    RIGHTS("the role may not read all of the columns"),
    SESSION("the session's settings change the answer in ways the cache does not know"),
    TRANSACTION("the transaction has written, has failed, or is not READ COMMITTED"),
    BATCH("other statements of its batch had gone to the server"),
    INEXACT("a parameter or a value could not be answered exactly, or SQLite gave up"),
    CATALOGS_LOST("the upstream's catalogs are out of sight"),
    OTHER("anything else: unreadable texts, function calls, unknown portals");

    private final String text;

    RelayReason(String text) {
        this.text = text;
    }

    /** The name in metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The meaning, for people; goes on from "a statement that …" or "because …". */
    public String text() {
        return text;
    }

    /** The reason that a statement shows by itself; null for a SELECT that the cache may know. */
    public static @Nullable RelayReason of(@Nullable Classification classification) {
        if (classification == null) {
            return OTHER;
        }
        if (classification.multi()) {
            return SEVERAL_STATEMENTS;
        }
        return switch (classification.kind()) {
            case TRANSACTION -> TRANSACTION_CONTROL;
            case SET -> SETTING;
            case READ -> UTILITY;
            case WRITE -> WRITE;
            case EMPTY, LOCAL -> OTHER;
            case SELECT -> ofSelect(classification);
        };
    }

    private static @Nullable RelayReason ofSelect(Classification classification) {
        var effects = classification.effects();
        if (effects.unknownFunctions()) {
            return FUNCTION;
        }
        if (effects.tables().isEmpty()) {
            return NO_TABLE;
        }
        return null;
    }
}
