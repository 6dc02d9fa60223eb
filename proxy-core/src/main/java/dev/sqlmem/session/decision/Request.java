package dev.sqlmem.session.decision;

import dev.sqlmem.plan.CachedPlan;
import dev.sqlmem.plan.Route;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.plan.TranslatedQuery;
import dev.sqlmem.session.state.SessionSettings;
import dev.sqlmem.sql.classify.Classification;
import dev.sqlmem.sql.classify.StatementKind;
import dev.sqlmem.sql.shape.HeldLiterals;
import dev.sqlmem.sql.shape.LiteralSource;
import dev.sqlmem.sql.shape.Shape;
import dev.sqlmem.wire.message.BindView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statement whose turn it is, and what became of asking about it so far. One for a conversation, used again for
 * each message. Belongs to the event loop.
 */
public final class Request {
    /** What asks. */
    public enum Step {
        QUERY,
        PARSE,
        BIND,
        DESCRIBE,
        EXPLAIN
    }

    private Step step = Step.QUERY;
    private Classification classification = Lookup.UNREADABLE;
    private @Nullable ShapeEntry entry;
    private LiteralSource literals = HeldLiterals.NONE;
    private List<Integer> declared = List.of();
    private @Nullable BindView bind;
    private @Nullable TranslatedQuery told;
    private boolean forServer;
    private @Nullable SessionSettings settings;
    private @Nullable CachedPlan plan;

    private long deadline;
    private boolean loadAwaited;
    private @Nullable String declined;

    /** Asks about the text that was found last; its literals are valid until the next is looked up. */
    public Request ask(Step asks, Lookup found) {
        return ask(asks, found.classification(), found.entry(), found.shape(), List.of());
    }

    /** Asks about a statement, and about none of its values. */
    public Request ask(
            Step asks, Classification of, @Nullable ShapeEntry shape, LiteralSource values, List<Integer> types) {
        step = asks;
        classification = of;
        entry = shape;
        literals = values;
        declared = types;
        bind = null;
        told = null;
        forServer = false;
        settings = null;
        plan = null;
        return this;
    }

    /** Adds the client's values; the view is valid as long as its frame is. */
    public Request bound(@Nullable BindView values) {
        bind = values;
        return this;
    }

    /** Adds what the client was told of the result. */
    public Request told(@Nullable TranslatedQuery result) {
        told = result;
        return this;
    }

    /** Notes whether it is the server's in any case, as only that knows what a name in the message means. */
    public Request forServer(boolean taken) {
        forServer = taken;
        return this;
    }

    // ---- what is asked

    public Step step() {
        return step;
    }

    public Classification classification() {
        return classification;
    }

    /** The shape's entry; null where the text has no plannable shape. */
    public @Nullable ShapeEntry entry() {
        return entry;
    }

    /** The entry of a candidate. */
    ShapeEntry shape() {
        if (entry == null) {
            throw new IllegalStateException("the text has no plannable shape");
        }
        return entry;
    }

    LiteralSource literals() {
        return literals;
    }

    /** The literals, to be kept. */
    HeldLiterals heldLiterals() {
        if (literals instanceof Shape shape) {
            return HeldLiterals.of(shape);
        }
        return (HeldLiterals) literals;
    }

    List<Integer> declared() {
        return declared;
    }

    @Nullable
    BindView bind() {
        return bind;
    }

    boolean isForServer() {
        return forServer;
    }

    /** Whether it is one SELECT whose shape can have a plan. */
    boolean isCandidate() {
        return entry != null && classification.kind() == StatementKind.SELECT && !classification.multi();
    }

    /** Whether the answer is wanted, and not only a plan. */
    boolean wantsRows() {
        return step == Step.QUERY || step == Step.BIND || step == Step.EXPLAIN;
    }

    /** Whether the client was told of another row than this plan's. */
    @SuppressWarnings("ReferenceEquality") // the same plan needs no comparison
    boolean wasToldOtherwise(CachedPlan now) {
        TranslatedQuery before = told;
        return before != null
                && before != now.read()
                && step != Step.PARSE
                && !before.description().isSameRow(now.read().description());
    }

    // ---- what was found out

    /** The settings under which it is asked; null where the decision did not come to them. */
    @Nullable
    SessionSettings settings() {
        return settings;
    }

    void under(SessionSettings asked) {
        settings = asked;
    }

    /** Its plan; null where it has none or the decision did not come to it. */
    public @Nullable CachedPlan plan() {
        return plan;
    }

    /** Looks for a plan of this epoch of the catalogs. */
    @Nullable
    Route route(int epoch) {
        Route route = shape().route(epoch, declared, literals);
        if (route instanceof CachedPlan found) {
            plan = found;
        }
        return route;
    }

    // ---- how long it has waited

    /** Notes that the message has been dealt with. */
    public void over() {
        deadline = 0;
        loadAwaited = false;
        declined = null;
    }

    /** Until when the message may wait, by {@link System#nanoTime}; the time begins with the first question. */
    public long deadline(long now, long patienceNanos) {
        if (deadline == 0) {
            deadline = now + patienceNanos;
        }
        return deadline;
    }

    /** Why the cache is asked no more about this message, or null. */
    public @Nullable String declined() {
        return declined;
    }

    /** Gives up asking the cache about this message. */
    public void decline(String reason) {
        declined = reason;
    }

    /** Notes that the message has caused or awaits a load. */
    public void awaitsLoad() {
        loadAwaited = true;
    }

    boolean loadAwaited() {
        return loadAwaited;
    }

    /** The same statement under the same settings, for who asks on when the message is gone. */
    Request copy() {
        Request copy = new Request().ask(step, classification, entry, heldLiterals(), declared);
        copy.settings = settings;
        return copy;
    }
}
