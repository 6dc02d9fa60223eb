package dev.sqlmem.session;

import dev.sqlmem.cache.TableCache;
import dev.sqlmem.catalog.TableUse;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.answer.Answer;
import dev.sqlmem.session.decision.Decision.Relay;
import dev.sqlmem.session.metrics.Counters;
import dev.sqlmem.session.metrics.RelayTimes;
import dev.sqlmem.sql.classify.Refusal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts, times and logs what becomes of a session's statements. Belongs to the event loop. */
final class Journal {
    private final Counters counters;
    private final TableCache tables;
    private final StatementLog log;
    private final RelayTimes times;
    private long statements;

    Journal(Counters counters, TableCache tables, StatementLog log) {
        this.counters = counters;
        this.tables = tables;
        this.log = log;
        this.times = new RelayTimes(counters.relays);
    }

    /** Notes that the client has sent a statement. */
    void statement() {
        statements++;
    }

    long statements() {
        return statements;
    }

    void refused(Refusal refusal, @Nullable ShapeEntry entry) {
        counters.refused.increment();
        if (StatementLog.isOn()) {
            log.refused(refusal, entry);
        }
        if (entry != null) {
            entry.counters().refused();
        }
    }

    /** Notes that a statement of this batch goes upstream. */
    void relayed(Relay because, @Nullable ShapeEntry entry, Supplier<String> shape, long batch) {
        log.relayed(StatementLog.isOn() ? shape.get() : "", because.reason());
        times.sent(batch);
        counters.relayed(because.why());
        if (entry != null) {
            entry.counters().relayed(because.reason());
        }
    }

    /** The answer to a relayed statement is complete, or will never come. */
    void ended() {
        log.ended();
    }

    /** A batch has ended, and all before it. */
    void ended(long batch) {
        times.ended(batch);
    }

    void answered(Answer answer, @Nullable ShapeEntry of, long rows) {
        long nanos = answer.elapsedNanos();
        if (StatementLog.isOn()) {
            log.answered(answer, of, rows);
        }
        if (answer.isLocal()) {
            counters.local.record(nanos);
            if (of != null) {
                of.counters().local(rows, nanos);
            }
        } else if (answer.isMiss()) {
            counters.misses.record(nanos);
            for (TableUse use : answer.read().tables()) {
                tables.miss(use.oid());
            }
            if (of != null) {
                of.counters().miss(rows, nanos);
            }
        } else {
            counters.hits.record(nanos);
            for (TableUse use : answer.read().tables()) {
                tables.hit(use.oid());
            }
            if (of != null) {
                of.counters().hit(rows, nanos);
            }
        }
    }
}
