package dev.sqlmem.session;

import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.decision.Decision.Relay;
import dev.sqlmem.session.metrics.RelayReason;
import dev.sqlmem.session.relay.RelayLeg;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.sql.classify.Classification;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is noted of a statement before it goes upstream. Belongs to the event loop. */
final class Relaying {
    private final SessionState state;
    private final Writes writes;
    private final Journal journal;
    private final RelayLeg leg;

    Relaying(SessionState state, Writes writes, Journal journal, RelayLeg leg) {
        this.state = state;
        this.writes = writes;
        this.journal = journal;
        this.leg = leg;
    }

    /** Notes what a statement may write, before it is sent; waits where the server must be asked what that is. */
    Step prepare(@Nullable Classification classification) {
        return writes.prepare(classification);
    }

    /** Asks for the settings that tell what a statement writes, before the first message of its batch. */
    Step settle(Classification classification) {
        return writes.settle(classification);
    }

    /** Notes that the server plans a statement; null: one that is unknown. */
    void bound(@Nullable Classification classification) {
        state.bound(classification);
    }

    /** Notes that the client has sent a statement of the extended protocol. */
    void executed() {
        journal.statement();
    }

    /**
     * Notes that a statement goes upstream.
     *
     * @param because what came of asking the cache; null where it was not asked
     * @param shape the statement for people
     */
    void sent(
            @Nullable Relay because,
            @Nullable Classification classification,
            @Nullable ShapeEntry entry,
            Supplier<String> shape) {
        Relay told = because;
        if (told == null || told.isUnasked()) {
            told = why(classification, entry);
        }
        state.relayed(classification, writes.isHarmless(classification));
        journal.relayed(told, entry, shape, leg.batch());
    }

    /** Why a statement goes upstream about which the cache was not even asked. */
    private Relay why(@Nullable Classification classification, @Nullable ShapeEntry entry) {
        RelayReason shown = RelayReason.of(classification);
        if (shown != null) {
            return Relay.of(shown);
        }
        if (entry == null) {
            return Relay.of(RelayReason.UNSUPPORTED_SQL);
        }
        if (state.status() == SessionState.FAILED) {
            return new Relay(RelayReason.TRANSACTION, "the transaction has failed");
        }
        return Relay.of(RelayReason.BATCH);
    }
}
