package dev.sqlmem.session.decision;

import dev.sqlmem.cache.generation.Leased;
import dev.sqlmem.database.Database;
import dev.sqlmem.database.RoleRights;
import dev.sqlmem.plan.CachedPlan;
import dev.sqlmem.plan.Route;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.decision.Decision.Need;
import dev.sqlmem.session.decision.Decision.Wait;
import dev.sqlmem.session.state.SessionSettings;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Goes on where a statement has stopped waiting, with the rights of the role that asked: plan, rights, time zone, up to
 * the load, so that the first statement over a table begins its load however short the wait. One at a time for each
 * shape and role, and it ends with the first gate that is shut, with the load begun, or with the database closed.
 * Shared by all sessions; on any thread.
 */
public final class ColdStarts {
    private static final Logger LOG = LogManager.getLogger(ColdStarts.class);

    /** More than enough for each gate, and for some of them once more when the catalogs have changed meanwhile. */
    private static final int MOST_STEPS = 8;

    private static final int MOST_AT_ONCE = 1_000;

    private final Set<Key> running = ConcurrentHashMap.newKeySet();

    private record Key(ShapeEntry entry, RoleRights rights) {}

    /** A statement that nobody waits for. */
    private record Statement(
            Key key, Database database, Gates gates, Request request, SessionSettings settings, String zone) {}

    /** Goes on with the statement of a request that has stopped waiting for something other than a load. */
    public void goOn(Database database, Request request, String zone) {
        ShapeEntry entry = request.entry();
        SessionSettings settings = request.settings();
        if (entry == null || settings == null || running.size() >= MOST_AT_ONCE) {
            return;
        }
        Key key = new Key(entry, settings.rights());
        if (running.add(key)) {
            Gates gates = new Gates(database, Duration.ZERO);
            step(new Statement(key, database, gates, request.copy(), settings, zone), MOST_STEPS);
        }
    }

    private void step(Statement statement, int left) {
        Wait wait = null;
        try {
            if (left > 0 && !statement.database.isClosed() && next(statement) instanceof Wait next) {
                wait = next;
            }
        } catch (RuntimeException e) {
            LOG.debug("a cold start ends", e); // the proxy stops, or the next statement finds out
        } finally {
            if (wait == null || wait.need() == Need.LOAD) {
                running.remove(statement.key);
            }
        }
        if (wait != null && wait.need() != Need.LOAD) {
            wait.until().whenComplete((done, failure) -> step(statement, failure == null ? left - 1 : 0));
        }
    }

    /** What is missing still, or why it is not to be had; null where nothing is. */
    private static @Nullable Decision next(Statement statement) {
        Request request = statement.request;
        Route route = request.route(statement.database.epoch());
        if (!(route instanceof CachedPlan plan)) {
            return statement.gates.withoutPlan(request, statement.settings, route);
        }
        Decision closed = statement.gates.rights(plan, statement.key.rights);
        if (closed == null && plan.read().zoned()) {
            closed = statement.gates.zone(statement.zone);
        }
        if (closed != null) {
            return closed;
        }
        Leased leased = statement.gates.lease(plan);
        if (leased == null) {
            return statement.gates.load(request, plan);
        }
        leased.release();
        return null;
    }
}
