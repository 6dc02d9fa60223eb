package dev.sqlmem.session;

import dev.sqlmem.cache.CommitBarriers;
import dev.sqlmem.cache.CommitBarriers.Barrier;
import dev.sqlmem.database.Database;
import dev.sqlmem.session.relay.RelayLeg;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.sql.classify.Classification;
import dev.sqlmem.sql.classify.StatementKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The commits of a session that are under way: before a message leaves that may commit what was written, barriers
 * are raised around the tables, and they are lowered when the end of its batch is known. Belongs to the event loop.
 *
 * <p>Tables that are locked against readers in an open block are kept from others in the same way until it ends.
 *
 * <p>What is sure to leave a transaction block open commits nothing: the block is known to be open when all batches
 * before this one are answered, and nothing of this one may have ended it.
 */
final class PendingCommits {
    private static final Set<String> ROLLBACK = Set.of("ROLLBACK", "ABORT");

    private final Database database;
    private final RelayLeg leg;
    private final Supplier<Reach> written;
    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private byte status = SessionState.IDLE;
    private long answered;
    private long ending;
    private long copying;

    /** The tables that may have been written; null: any. */
    record Reach(@Nullable Set<Long> oids) {
        boolean isNothing() {
            return oids != null && oids.isEmpty();
        }

        Barrier raise(CommitBarriers barriers) {
            if (oids == null) {
                return barriers.raiseAroundEverything();
            }
            return barriers.raise(oids, CommitBarriers.COMMIT);
        }
    }

    private record Held(long batch, Reach reach, Barrier barrier, boolean lock) {

        /** Whether it is over with this end of a batch. */
        boolean isOver(byte status, long ended) {
            return batch <= ended && (!lock || status == SessionState.IDLE);
        }
    }

    /** @param written what may have been written and is not known to be committed */
    PendingCommits(Database database, RelayLeg leg, Supplier<Reach> written) {
        this.database = database;
        this.leg = leg;
        this.written = written;
    }

    /** A FunctionCall is about to be sent: it commits what it does, and no more. */
    void functionCall() {
        if (!isBlockOpen()) {
            raise(leg.batch());
        }
    }

    /** A Query is about to be sent; null: nobody knows what it does. */
    void query(@Nullable Classification classification) {
        if (rollsBack(classification) || (isBlockOpen() && !mayEnd(classification))) {
            return;
        }
        if (classification != null && startsCopy(classification)) {
            copying = leg.batch(); // it commits nothing before the client ends the data
        } else {
            raise(leg.batch());
        }
    }

    private static boolean startsCopy(Classification classification) {
        return classification.effects().copyIn() && !classification.multi();
    }

    /** The client is about to end its COPY data. */
    void copyEnds() {
        if (copying != 0) {
            raise(copying);
            copying = 0;
        }
    }

    /** An Execute is about to be sent; what it does is committed at the Sync, unless it commits by itself. */
    void execute(@Nullable Classification classification) {
        boolean inside = !isBlockOpen() && mayCommitInside(classification);
        if (mayEnd(classification)) {
            ending = leg.batch();
            inside = !rollsBack(classification);
        }
        if (inside) {
            raise(leg.batch());
        }
    }

    /** A Sync is about to be sent that ends a batch. */
    void sync() {
        if (!isBlockOpen()) {
            raise(leg.batch());
        }
    }

    /** Whether a transaction block is open for certain, and stays so if what is sent next doesn't end it. */
    private boolean isBlockOpen() {
        return status != SessionState.IDLE && leg.batch() == answered + 1 && ending != leg.batch();
    }

    private static boolean mayEnd(@Nullable Classification classification) {
        return classification == null
                || (classification.statements().isEmpty() && classification.kind() != StatementKind.EMPTY)
                || classification.effects().endsTransaction();
    }

    private static boolean rollsBack(@Nullable Classification classification) {
        return classification != null
                && classification.statements().size() == 1
                && classification.kind() == StatementKind.TRANSACTION
                && ROLLBACK.contains(classification.statements().get(0).command());
    }

    /** CALL and DO, and what can't run in a block, commit before the Sync. */
    private static boolean mayCommitInside(@Nullable Classification classification) {
        return classification == null
                || classification.effects().everything()
                || classification.effects().code().isUnknown();
    }

    private void raise(long batch) {
        Reach reach = written.get();
        if (reach.isNothing()) {
            return;
        }
        Held last = held.peekLast();
        if (last == null || last.lock || last.batch != batch || !last.reach.equals(reach)) {
            held.add(new Held(batch, reach, reach.raise(database.tables().barriers()), false));
        }
    }

    /** A statement is about to be sent that locks these tables against readers until its transaction ends. */
    void locks(Set<Long> oids) {
        Reach reach = new Reach(Set.copyOf(oids));
        boolean known = held.stream().anyMatch(each -> each.lock && each.reach.equals(reach));
        if (!known && !oids.isEmpty()) {
            Barrier barrier = database.tables().barriers().raise(oids, CommitBarriers.LOCK);
            held.add(new Held(leg.batch(), reach, barrier, true));
        }
    }

    /** Takes in the end of a batch; what it has committed has left the cache. */
    void ready(byte statusNow, long batch) {
        status = statusNow;
        answered = batch;
        if (copying <= batch) {
            copying = 0;
        }
        held.removeIf(each -> {
            boolean over = each.isOver(statusNow, batch);
            if (over) {
                each.barrier.lower();
            }
            return over;
        });
    }

    /**
     * The session is lost: nobody will hear what becomes of the commits that are under way. The barriers stay until
     * the server has its process no more.
     *
     * @param pid the server's process
     * @param changed takes out of the cache what may have been committed; on another thread
     */
    void lost(int pid, Runnable changed) {
        if (held.isEmpty()) {
            return;
        }
        List<Held> left = new ArrayList<>(held);
        held.clear();
        database.lostCommits().await(pid, () -> {
            changed.run();
            left.forEach(each -> each.barrier.lower());
        });
    }
}
