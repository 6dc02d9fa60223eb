package dev.sqlmem.session.decision;

import dev.sqlmem.cache.generation.Leased;
import dev.sqlmem.database.Database;
import dev.sqlmem.plan.Binding;
import dev.sqlmem.plan.CachedPlan;
import dev.sqlmem.plan.TranslatedQuery;
import dev.sqlmem.session.answer.Answer;
import dev.sqlmem.session.answer.Arguments;
import dev.sqlmem.session.answer.Binder;
import dev.sqlmem.session.answer.OrderKeyArguments;
import dev.sqlmem.session.answer.RowWriter;
import dev.sqlmem.session.decision.Decision.Relay;
import dev.sqlmem.session.decision.Request.Step;
import dev.sqlmem.wire.message.BindView;
import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.TextSettings;

/** The last gate: whether these values and this output can be exact. Belongs to the event loop. */
final class CacheAnswers {
    private final Database database;
    private final int slot;

    /** @param slot the number of the event loop */
    CacheAnswers(Database database, int slot) {
        this.database = database;
        this.slot = slot;
    }

    /** The answer, which takes over the lease, or why there is none. */
    Decision of(Request request, CachedPlan plan, Leased leased, TextSettings settings) {
        TranslatedQuery read = plan.read();
        BindView bind = request.bind();
        boolean[] binary = null;
        if (bind != null) {
            if (bind.parameters() != read.parameterTypes().size()
                    || !bind.hasValidFormats(read.outputs().size())) {
                return Relay.UNASKED; // the server says what is wrong with it
            }
            binary = bind.binaryResults(read.outputs().size());
        }
        RowWriter writer = new RowWriter(read.outputs(), binary, settings);
        if (!writer.isExact()) {
            return Relay.inexact(RowWriter.NOT_EXACT);
        }
        try {
            Arguments arguments;
            if (request.step() == Step.EXPLAIN && hasParameters(read)) {
                arguments = Arguments.NONE; // nobody knows what they will be
            } else {
                arguments = OrderKeyArguments.inline(
                        new Binder(request.literals(), bind, settings).arguments(read.bindings()),
                        leased,
                        slot,
                        database);
            }
            return new Decision.Answer(plan, Answer.cached(plan, leased, arguments, writer, request.loadAwaited()));
        } catch (NotExactException e) {
            return Relay.inexact(e.getMessage());
        }
    }

    private static boolean hasParameters(TranslatedQuery read) {
        return read.bindings().stream().anyMatch(each -> each.source() == Binding.Source.PARAMETER);
    }
}
