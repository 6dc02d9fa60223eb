package dev.sqlmem.session.decision;

import dev.sqlmem.plan.CachedPlan;
import dev.sqlmem.session.metrics.RelayReason;
import dev.sqlmem.sql.classify.Refusal;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What is to become of a statement, as far as the message at hand can tell. */
public sealed interface Decision {

    /**
     * The cache answers.
     *
     * @param rows the answer, with its lease; null where the message asks for the plan only (Parse, Describe)
     */
    record Answer(CachedPlan plan, dev.sqlmem.session.answer.@Nullable Answer rows) implements Decision {

        /** The answer of a message that asks for rows; the caller's to close. */
        public dev.sqlmem.session.answer.Answer whole() {
            if (rows == null) {
                throw new IllegalStateException("only the plan was asked for");
            }
            return rows;
        }
    }

    /** The upstream answers; {@code reason} says in full what {@code why} is the class of. */
    record Relay(RelayReason why, String reason) implements Decision {
        /** The cache was not asked: what the statement is says why. */
        public static final Relay UNASKED = new Relay(RelayReason.OTHER, "");

        /** For a reason that has nothing particular to it. */
        public static Relay of(RelayReason why) {
            return new Relay(why, why.text());
        }

        /** Where a value cannot be answered exactly, or SQLite gives up. */
        public static Relay inexact(@Nullable String detail) {
            return new Relay(RelayReason.INEXACT, String.valueOf(detail));
        }

        /** Whether the cache was not asked. */
        @SuppressWarnings("ReferenceEquality") // the one that stands for no reason
        public boolean isUnasked() {
            return this == UNASKED;
        }
    }

    /**
     * The proxy answers with an error.
     *
     * @param ruled whether the mode demands it; else it is what the server would say
     */
    record Refuse(Refusal refusal, boolean ruled) implements Decision {
        static final Refuse OTHER_ROWS =
                new Refuse(new Refusal("0A000", "cached plan must not change result type", null), false);
    }

    /** It is about the proxy's own tables. */
    record Local() implements Decision {
        static final Local INSTANCE = new Local();
    }

    /**
     * Something must happen first; then the question is put again.
     *
     * @param until completes when it has happened; the caller knows by itself when the upstream is quiet or has
     *     told the session's settings
     */
    record Wait(Need need, CompletableFuture<?> until) implements Decision {
        private static final CompletableFuture<?> KNOWN = CompletableFuture.completedFuture(null);

        static final Wait FOR_QUIET = new Wait(Need.QUIET, KNOWN);
        static final Wait FOR_SETTINGS = new Wait(Need.SETTINGS, KNOWN);

        /** A load that would be needed, and has not been begun since nobody wants the rows. */
        static final Wait FOR_LOAD = new Wait(Need.LOAD, KNOWN);
    }

    /** What is waited for. */
    enum Need {
        /** That the upstream owes nothing. */
        QUIET,
        /** The session's settings, which must be asked. */
        SETTINGS,
        PLAN,
        RIGHTS,
        ZONE,
        LOAD
    }
}
