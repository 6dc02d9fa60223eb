package dev.sqlmem.session.decision;

import dev.sqlmem.cache.generation.Leased;
import dev.sqlmem.catalog.TableUse;
import dev.sqlmem.database.Database;
import dev.sqlmem.database.RoleRights;
import dev.sqlmem.plan.CachedPlan;
import dev.sqlmem.plan.Route;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.decision.Decision.Need;
import dev.sqlmem.session.decision.Decision.Relay;
import dev.sqlmem.session.decision.Decision.Wait;
import dev.sqlmem.session.metrics.RelayReason;
import dev.sqlmem.session.state.SessionSettings;
import dev.sqlmem.sql.classify.Classification;
import dev.sqlmem.sql.classify.StatementKind;
import dev.sqlmem.upstream.jdbc.ZoneCheck;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What must be there before the cache can answer a statement, whoever asks: a plan, the role's rights, the time zone,
 * the tables. Each gate is open (null), or says what to wait for, or that there is no way. On any thread; never blocks.
 */
final class Gates {
    private static final Relay WATCH_LOST = Relay.of(RelayReason.CATALOGS_LOST);

    private static final Relay LONG_LOAD =
            new Relay(RelayReason.WAITED, "the load takes longer than a statement waits");

    private final Database database;
    private final Duration fillWait;

    /** @param fillWait how long a statement waits */
    Gates(Database database, Duration fillWait) {
        this.database = database;
        this.fillWait = fillWait;
    }

    /** What a route means that is no plan for the cache. */
    Decision withoutPlan(Request request, SessionSettings settings, @Nullable Route route) {
        if (route instanceof Route.Relay relay && relay.table()) {
            return new Relay(RelayReason.TABLE, relay.reason());
        }
        if (route != null) {
            return new Relay(RelayReason.UNSUPPORTED_SQL, route.reason());
        }
        ShapeEntry entry = request.shape();
        String unfit = unfit(entry.classification());
        if (unfit != null) {
            RelayReason shown = RelayReason.of(entry.classification());
            return new Relay(shown == null ? RelayReason.OTHER : shown, unfit);
        }
        return new Wait(Need.PLAN, database.plan(settings.space(), entry, request.heldLiterals(), request.declared()));
    }

    private static @Nullable String unfit(Classification classification) {
        if (classification.kind() != StatementKind.SELECT || classification.multi()) {
            return "not a single SELECT";
        }
        if (classification.effects().unknownFunctions()) {
            return "calls a function that the cache does not know";
        }
        if (classification.effects().tables().isEmpty()) {
            return "reads no table of the user's";
        }
        return null;
    }

    /** Whether the role may read what the plan reads, as the catalogs are now. */
    @Nullable
    Decision rights(CachedPlan plan, RoleRights rights) {
        if (database.isWatchLost()) {
            return WATCH_LOST;
        }
        Boolean allowed = rights.mayRead(plan, database.epoch());
        if (allowed == null) {
            return new Wait(Need.RIGHTS, database.fetchRights(rights, plan));
        }
        if (allowed) {
            return null;
        }
        return new Relay(RelayReason.RIGHTS, "role " + rights.role() + " may not read all of these columns");
    }

    /** Whether the time zone is proven; asked about plans that it concerns. */
    @Nullable
    Decision zone(String zone) {
        ZoneCheck check = database.zone(zone);
        if (check == null) {
            return new Wait(Need.ZONE, database.checkZone(zone));
        }
        if (check instanceof ZoneCheck.NotProvable not) {
            return new Relay(RelayReason.SESSION, "time zone " + zone + ": " + not.reason());
        }
        return null;
    }

    /** The generations of the plan's tables, leased to the caller; null: {@link #load} says what to do. */
    @Nullable
    Leased lease(CachedPlan plan) {
        return database.tables().acquire(plan.tables());
    }

    /** Begins the loads of what is missing, or says why there is no sense in that or in waiting for it. */
    Decision load(Request request, CachedPlan plan) {
        String refusal = refusal(plan);
        if (refusal != null) {
            return new Relay(RelayReason.TABLE, refusal);
        }
        if (request.step() == Request.Step.EXPLAIN) {
            return Wait.FOR_LOAD;
        }
        if (database.loadsBeyond(plan, fillWait)) {
            return LONG_LOAD;
        }
        return new Wait(Need.LOAD, database.load(plan));
    }

    /** Why one of the plan's tables would not be loaded, so that none need be; null where all would. */
    private @Nullable String refusal(CachedPlan plan) {
        for (TableUse use : plan.tables()) {
            String refusal = database.tables().refusal(use.oid(), use.attnums());
            if (refusal != null) {
                if (plan.tables().size() == 1) {
                    return refusal;
                }
                return use.table().qualifiedName() + ": " + refusal;
            }
        }
        if (database.refusesTogether(plan)) {
            return "its tables do not fit into the memory together";
        }
        return null;
    }
}
