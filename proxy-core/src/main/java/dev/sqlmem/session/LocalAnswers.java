package dev.sqlmem.session;

import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.plan.Local;
import dev.sqlmem.plan.Route;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.answer.Answer;
import dev.sqlmem.session.answer.Arguments;
import dev.sqlmem.session.answer.Binder;
import dev.sqlmem.session.answer.RowWriter;
import dev.sqlmem.session.decision.ValueSettings;
import dev.sqlmem.session.state.SessionSettings;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.sql.shape.HeldLiterals;
import dev.sqlmem.translate.LocalPlanner;
import dev.sqlmem.wire.message.BindView;
import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.TextSettings;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Statements over {@code sqlmem.*}: planned on a worker, answered from rows made for the purpose. */
final class LocalAnswers {
    /** The proxy's own tables never change their columns. */
    private static final int EPOCH = -1;

    /** What comes of it, on the event loop while the conversation is not blocked. */
    interface Done {
        /** The answer is ready to be sent; its owner closes it. */
        void answered(Answer answer);

        void failed(String sqlState, String message, @Nullable String hint);
    }

    /** What comes of planning alone. */
    interface Plan {
        void planned(Local plan);

        void failed(String sqlState, String message, @Nullable String hint);
    }

    private final SessionContext context;
    private final SessionInfo asker;
    private final SessionState state;
    private final ValueSettings values;
    private final Waiting waiting;

    LocalAnswers(SessionContext context, SessionInfo asker, SessionState state, ValueSettings values, Waiting waiting) {
        this.context = context;
        this.asker = asker;
        this.state = state;
        this.values = values;
        this.waiting = waiting;
    }

    /** Plans a statement, then carries it out. */
    void answer(ShapeEntry entry, HeldLiterals literals, List<Integer> declared, @Nullable BindView bind, Done done) {
        plan(entry, literals, declared, new Plan() {
            @Override
            public void planned(Local plan) {
                rows(plan, literals, bind, null, done);
            }

            @Override
            public void failed(String sqlState, String message, @Nullable String hint) {
                done.failed(sqlState, message, hint);
            }
        });
    }

    /** Plans a statement. */
    void plan(ShapeEntry entry, HeldLiterals literals, List<Integer> declared, Plan then) {
        Route known = entry.route(EPOCH, declared, literals);
        if (known != null) {
            planned(known, then);
            return;
        }
        meanwhile(
                () -> CompletableFuture.supplyAsync(
                        () -> LocalPlanner.plan(entry.key(), literals, declared), context.workers()),
                planned -> {
                    entry.keep(planned, EPOCH, declared, literals);
                    planned(planned.route(), then);
                },
                then::failed);
    }

    private static void planned(Route route, Plan then) {
        if (route instanceof Local local) {
            then.planned(local);
        } else if (route instanceof Route.Refuse refuse) {
            then.failed(refuse.sqlState(), refuse.message(), refuse.hint());
        } else {
            then.failed("0A000", route.reason(), null);
        }
    }

    /** Carries a planned statement out; {@code bind} is read before this returns. */
    void rows(Local plan, HeldLiterals literals, @Nullable BindView bind, boolean @Nullable [] binary, Done done) {
        TextSettings settings = settings();
        Arguments arguments;
        String argument;
        try {
            Binder binder = new Binder(literals, bind, settings);
            arguments = binder.arguments(plan.read().bindings());
            if (plan.argument() == null) {
                argument = null;
            } else {
                argument = binder.text(plan.argument());
            }
        } catch (NotExactException e) {
            done.failed("22023", "UnsupportedQueryError: " + e.getMessage() + " over sqlmem.*", null);
            return;
        }
        RowWriter writer = new RowWriter(plan.read().outputs(), binary, settings);
        meanwhile(
                () -> context.localTables().rows(plan.relation(), argument, asker),
                generation -> done.answered(Answer.local(plan.read(), generation, arguments, writer)),
                done::failed);
    }

    private TextSettings settings() {
        SessionSettings settings = state.settings();
        if (settings == null) {
            return new TextSettings(true, ZoneOffset.UTC.getRules(), Long.MIN_VALUE);
        }
        TextSettings exact = values.exact(settings);
        if (exact == null || exact.zoneExactFrom() > 0) {
            return values.plain(settings);
        }
        return exact;
    }

    private interface Failed {
        void failed(String sqlState, String message, @Nullable String hint);
    }

    private interface Then<T> {
        void go(T value);
    }

    /** Blocks the conversation, so that others see it at work, until the future completes. */
    private <T> void meanwhile(Supplier<CompletableFuture<T>> work, Then<T> then, Failed failed) {
        int ticket = waiting.block();
        work.get()
                .whenComplete((value, failure) -> waiting.loop().execute(() -> {
                    if (!waiting.unblock(ticket)) {
                        if (value instanceof Generation generation) {
                            generation.retire();
                            generation.release();
                        }
                        return;
                    }
                    if (failure == null) {
                        then.go(value);
                    } else {
                        Throwable cause;
                        if (failure instanceof CompletionException && failure.getCause() != null) {
                            cause = failure.getCause();
                        } else {
                            cause = failure;
                        }
                        if (cause instanceof LocalFailure known) {
                            failed.failed(known.sqlState(), String.valueOf(known.getMessage()), known.hint());
                        } else {
                            failed.failed("XX000", String.valueOf(cause.getMessage()), null);
                        }
                    }
                    waiting.resume();
                }));
    }
}
