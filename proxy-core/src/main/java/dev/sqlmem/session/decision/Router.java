package dev.sqlmem.session.decision;

import dev.sqlmem.cache.generation.Leased;
import dev.sqlmem.database.Database;
import dev.sqlmem.plan.CachedPlan;
import dev.sqlmem.plan.CachedPlan.Fit;
import dev.sqlmem.plan.Route;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.answer.Binder;
import dev.sqlmem.session.decision.Decision.Answer;
import dev.sqlmem.session.decision.Decision.Local;
import dev.sqlmem.session.decision.Decision.Refuse;
import dev.sqlmem.session.decision.Decision.Relay;
import dev.sqlmem.session.decision.Decision.Wait;
import dev.sqlmem.session.decision.Request.Step;
import dev.sqlmem.session.metrics.RelayReason;
import dev.sqlmem.session.state.SessionSettings;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.sql.classify.Refusal;
import dev.sqlmem.sql.classify.StatementKind;
import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.TextSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of a session's statements: the one place that says whether the cache may answer. On the event
 * loop; never blocks.
 */
public final class Router {
    private final boolean readOnly;
    private final SessionState state;
    private final Upstream upstream;
    private final Database database;
    private final Gates gates;
    private final ValueSettings values;
    private final CacheAnswers answers;
    private final Lookup lookup;
    private final Request request = new Request();

    /**
     * @param readOnly whether the proxy refuses writes
     * @param fillWait how long a statement waits for what is missing
     * @param slot the number of the event loop
     */
    public Router(
            boolean readOnly, Duration fillWait, int slot, Database database, SessionState state, Upstream upstream) {
        this.readOnly = readOnly;
        this.state = state;
        this.upstream = upstream;
        this.database = database;
        this.gates = new Gates(database, fillWait);
        this.values = new ValueSettings(database, state);
        this.answers = new CacheAnswers(database, slot);
        this.lookup = new Lookup(database, state);
    }

    /** Finds what is known of a text. */
    public Lookup lookup() {
        return lookup;
    }

    /** The statement whose turn it is. */
    public Request request() {
        return request;
    }

    /** How the session's values are written. */
    public ValueSettings values() {
        return values;
    }

    /**
     * What becomes of the statement now. Asked again after each {@link Wait}, from the top, since anything may have
     * changed meanwhile. An {@link Answer} holds a lease, which is the caller's to give back.
     */
    public Decision decide(Request request) {
        Decision own = own(request);
        if (own != null) {
            return inTurn(request, own);
        }
        Decision unready = unready(request);
        if (unready != null) {
            return unready;
        }
        SessionSettings settings = state.settings();
        if (settings == null) {
            return Wait.FOR_SETTINGS;
        }
        request.under(settings);
        Relay obstacle = obstacle(request.shape(), settings);
        if (obstacle != null) {
            return obstacle;
        }
        Route route = request.route(database.epoch());
        if (!(route instanceof CachedPlan plan)) {
            return gates.withoutPlan(request, settings, route);
        }
        if (request.wasToldOtherwise(plan)) {
            return Refuse.OTHER_ROWS;
        }
        if (!request.wantsRows()) {
            return planOnly(request, plan, settings);
        }
        Decision closed = closed(plan, settings);
        if (closed != null) {
            return closed;
        }
        Leased leased = gates.lease(plan);
        if (leased == null) {
            return gates.load(request, plan);
        }
        return rows(request, plan, leased, settings);
    }

    /** What the proxy answers by itself: what the mode refuses, and what is about its own tables; else null. */
    private @Nullable Decision own(Request request) {
        Refusal refusal = refusal(request);
        if (refusal != null) {
            return new Refuse(refusal, true);
        }
        if (request.classification().kind() == StatementKind.LOCAL) {
            return Local.INSTANCE;
        }
        return null;
    }

    /** Why the mode forbids the statement, or null. What is bound or described has been parsed under the same rules. */
    private @Nullable Refusal refusal(Request request) {
        Step step = request.step();
        if (step == Step.BIND || step == Step.DESCRIBE) {
            return null;
        }
        if (readOnly) {
            Refusal refusal = request.classification().refusal();
            if (refusal != null) {
                return refusal;
            }
        }
        if (step == Step.QUERY
                && state.mayBeReadWrite()
                && request.classification().goesOnAfterEnd()) {
            return Refusal.severalTransactions();
        }
        return null;
    }

    /** An answer of the proxy's own comes when the upstream has given all of its own. */
    private Decision inTurn(Request request, Decision own) {
        if (request.step() == Step.EXPLAIN || upstream.isQuiet()) {
            return own;
        }
        return Wait.FOR_QUIET;
    }

    /** Why the cache is not asked now: it is no statement for it, something is under way upstream, or the answer would not fit in; else null. */
    private @Nullable Decision unready(Request request) {
        if (!request.isCandidate()) {
            return unasked(request);
        }
        if (request.step() == Step.EXPLAIN) {
            return null;
        }
        boolean query = request.step() == Step.QUERY;
        if (query && !upstream.isQuiet()) {
            return Wait.FOR_QUIET;
        }
        if (request.declined() != null
                || request.isForServer()
                || upstream.isBatchOpen()
                || (query && state.hasAnsweredInBatch())
                || state.status() == SessionState.FAILED) {
            return unasked(request);
        }
        if (upstream.isQuiet()) {
            return null;
        }
        return Wait.FOR_QUIET;
    }

    private static Relay unasked(Request request) {
        String declined = request.declined();
        if (declined == null) {
            return Relay.UNASKED;
        }
        return new Relay(RelayReason.WAITED, declined);
    }

    /** Why no answer of the cache fits the session, its transaction or the shape, or null. */
    private @Nullable Relay obstacle(ShapeEntry entry, SessionSettings settings) {
        String obstacle = settings.obstacle();
        if (obstacle != null) {
            return new Relay(RelayReason.SESSION, obstacle);
        }
        String transaction = state.transactionObstacle();
        if (transaction != null) {
            return new Relay(RelayReason.TRANSACTION, transaction);
        }
        if (entry.disabled() != null) {
            return Relay.inexact("disabled: " + entry.disabled());
        }
        return null;
    }

    /** What the role's rights and the time zone say against the plan, or what must be asked about them; else null. */
    private @Nullable Decision closed(CachedPlan plan, SessionSettings settings) {
        Decision closed = gates.rights(plan, settings.rights());
        if (closed == null && plan.read().zoned() && values.exact(settings) == null) {
            return gates.zone(values.zone());
        }
        return closed;
    }

    /** There is a plan; the server would find errors in literals when it parses them. */
    private Decision planOnly(Request request, CachedPlan plan, SessionSettings settings) {
        if (request.step() == Step.PARSE) {
            try {
                new Binder(request.literals(), null, values.plain(settings))
                        .checkLiterals(plan.read().bindings());
            } catch (NotExactException e) {
                return Relay.inexact(e.getMessage());
            }
        }
        return new Answer(plan, null);
    }

    /** The tables are there; what is left are the values. The lease is the answer's, or given back. */
    private Decision rows(Request request, CachedPlan plan, Leased leased, SessionSettings settings) {
        Decision decision = null;
        try {
            decision = rowsOf(request, plan, leased, settings);
            return decision;
        } finally {
            if (!(decision instanceof Answer)) {
                leased.release();
            }
        }
    }

    private Decision rowsOf(Request request, CachedPlan plan, Leased leased, SessionSettings settings) {
        Fit fit = plan.fit(leased);
        if (fit == Fit.NONE) {
            return new Relay(RelayReason.TABLE, "the table has just changed");
        }
        if (fit == Fit.OTHER_LETTERS) {
            return Relay.inexact("upper or lower case of text that is not all ASCII");
        }
        TextSettings text = values.exact(settings);
        if (text == null) {
            text = values.plain(settings);
        }
        return answers.of(request, plan, leased, text);
    }
}
