package dev.sqlmem.session.decision;

import dev.sqlmem.cache.generation.Leased;
import dev.sqlmem.catalog.TableUse;
import dev.sqlmem.database.Database;
import dev.sqlmem.plan.CachedPlan;
import dev.sqlmem.plan.Route;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.metrics.RelayReason;
import dev.sqlmem.session.state.SessionSettings;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.sql.classify.StatementKind;
import dev.sqlmem.sql.shape.HeldLiterals;
import dev.sqlmem.sql.shape.LiteralSource;
import dev.sqlmem.sql.shape.Shape;
import dev.sqlmem.upstream.jdbc.ZoneCheck;
import dev.sqlmem.wire.type.TextSettings;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the cache may answer a statement of this session now. On the event loop; never blocks:
 * what must be asked or loaded first is a {@link Wait}, after which the question is put again.
 */
public final class Admission {

    /** The verdict on a statement. */
    public sealed interface Verdict permits Admit, Known, Decline, Wait {}

    /** The cache answers, from these generations, leased to the caller. */
    public record Admit(CachedPlan plan, Leased leased, boolean brief, TextSettings settings, boolean heldBack)
            implements Verdict {}

    /** The cache could answer; this is how. */
    public record Known(CachedPlan plan) implements Verdict {}

    /** The upstream answers; {@code reason} says in full what {@code why} is the class of. */
    public record Decline(RelayReason why, String reason) implements Verdict {
        /** For a reason that has nothing particular to it. */
        public static Decline of(RelayReason why) {
            return new Decline(why, why.text());
        }

        /** Where a value cannot be answered exactly, or SQLite gives up. */
        public static Decline inexact(@Nullable String detail) {
            return new Decline(RelayReason.INEXACT, String.valueOf(detail));
        }
    }

    /** Something must happen first; {@code load} says that it is a load. */
    public record Wait(CompletableFuture<?> until, boolean load) implements Verdict {}

    private static final Decline WATCH_LOST = Decline.of(RelayReason.CATALOGS_LOST);

    private final Database database;
    private final SessionState state;
    private @Nullable TextSettings settings;
    private @Nullable SessionSettings settingsOf;
    private String settingsZone = "";

    public Admission(Database database, SessionState state) {
        this.database = database;
        this.state = state;
    }

    /** Finds the plan of a statement, or why there is none; {@code literals} may be a scratch that others reuse. */
    public Verdict plan(ShapeEntry entry, SessionSettings standing, LiteralSource literals, List<Integer> declared) {
        String obstacle = standing.obstacle();
        if (obstacle != null) {
            return new Decline(RelayReason.SESSION, obstacle);
        }
        String transaction = state.transactionObstacle();
        if (transaction != null) {
            return new Decline(RelayReason.TRANSACTION, transaction);
        }
        if (entry.disabled() != null) {
            return new Decline(RelayReason.INEXACT, "disabled: " + entry.disabled());
        }
        Route route = entry.route(database.epoch(), declared, literals);
        if (route instanceof CachedPlan serve) {
            return new Known(serve);
        }
        if (route != null) {
            boolean table = route instanceof Route.Relay relay && relay.table();
            return new Decline(table ? RelayReason.TABLE : RelayReason.UNSUPPORTED_SQL, route.reason());
        }
        String unfit = unfit(entry);
        if (unfit != null) {
            RelayReason shown = RelayReason.of(entry.classification());
            return new Decline(shown == null ? RelayReason.OTHER : shown, unfit);
        }
        HeldLiterals held;
        if (literals instanceof Shape shape) {
            held = HeldLiterals.of(shape);
        } else {
            held = (HeldLiterals) literals;
        }
        return new Wait(database.plan(standing.space(), entry, held, declared), false);
    }

    private static @Nullable String unfit(ShapeEntry entry) {
        var classification = entry.classification();
        if (classification.kind() != StatementKind.SELECT || classification.multi()) {
            return "not a single SELECT";
        }
        var effects = classification.effects();
        if (effects.unknownFunctions()) {
            return "calls a function that the cache does not know";
        }
        if (effects.tables().isEmpty()) {
            return "reads no table of the user's";
        }
        return null;
    }

    /** Judges whether the plan can be run for this session now. */
    public Verdict admit(CachedPlan plan, SessionSettings standing) {
        if (database.isWatchLost()) {
            return WATCH_LOST;
        }
        Boolean allowed = standing.rights().mayRead(plan, database.epoch());
        if (allowed == null) {
            return new Wait(database.fetchRights(standing.rights(), plan), false);
        }
        if (!allowed) {
            return new Decline(
                    RelayReason.RIGHTS, "role " + standing.rights().role() + " may not read all of these columns");
        }
        TextSettings text = settings(standing);
        if (text == null && plan.read().zoned()) {
            ZoneCheck check = database.zone(settingsZone);
            if (check instanceof ZoneCheck.NotProvable not) {
                return new Decline(RelayReason.SESSION, "time zone " + settingsZone + ": " + not.reason());
            }
            return new Wait(database.checkZone(settingsZone), false);
        }
        return lease(plan, text == null ? plain(standing) : text);
    }

    /** The same question, but nothing is loaded: a load that would be needed is a completed {@link Wait}. */
    public Verdict judge(CachedPlan plan, SessionSettings standing) {
        if (refusal(plan) == null && Boolean.TRUE.equals(standing.rights().mayRead(plan, database.epoch()))) {
            Leased leased = database.tables().acquire(plan.tables());
            if (leased == null) {
                return new Wait(CompletableFuture.completedFuture(null), true);
            }
            leased.release();
        }
        return admit(plan, standing);
    }

    private Verdict lease(CachedPlan plan, TextSettings text) {
        Leased leased = database.tables().acquire(plan.tables());
        if (leased == null) {
            String refusal = refusal(plan);
            if (refusal == null) {
                return new Wait(database.load(plan), true);
            }
            return new Decline(RelayReason.TABLE, refusal);
        }
        CachedPlan.Fit fit = plan.fit(leased);
        if (fit == CachedPlan.Fit.NONE || fit == CachedPlan.Fit.OTHER_LETTERS) {
            leased.release();
            if (fit == CachedPlan.Fit.NONE) {
                return new Decline(RelayReason.TABLE, "the table has just changed");
            }
            return new Decline(RelayReason.INEXACT, "upper or lower case of text that is not all ASCII");
        }
        boolean heldBack = !plan.read().total() || (plan.read().zoned() && text.zoneExactFrom() != Long.MIN_VALUE);
        return new Admit(plan, leased, fit == CachedPlan.Fit.BRIEF, text, heldBack);
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

    /** Returns the text settings, or null while the session's time zone is not known to be exact. */
    @SuppressWarnings("ReferenceEquality") // a new standing may have new settings
    @Nullable
    public TextSettings settings(SessionSettings standing) {
        String zone = state.reported("TimeZone");
        if (settings != null && settingsOf == standing && settingsZone.equals(zone)) {
            return settings;
        }
        settingsZone = zone;
        settingsOf = standing;
        if (database.zone(zone) instanceof ZoneCheck.Proven proven) {
            settings = plain(standing).in(proven.rules(), proven.exactFromMicros());
        } else {
            settings = null;
        }
        return settings;
    }

    /** Settings for values that no time zone touches. */
    public TextSettings plain(SessionSettings standing) {
        return new TextSettings(
                standing.byteaHex(),
                standing.shortestFloats(),
                state.dateStyle(),
                state.intervalStyle(),
                ZoneOffset.UTC.getRules(),
                Long.MIN_VALUE);
    }
}
