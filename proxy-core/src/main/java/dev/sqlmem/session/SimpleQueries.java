package dev.sqlmem.session;

import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.answer.Answer;
import dev.sqlmem.session.decision.Decision;
import dev.sqlmem.session.decision.Decision.Local;
import dev.sqlmem.session.decision.Decision.Refuse;
import dev.sqlmem.session.decision.Decision.Relay;
import dev.sqlmem.session.decision.Decision.Wait;
import dev.sqlmem.session.decision.Lookup;
import dev.sqlmem.session.decision.Request;
import dev.sqlmem.session.decision.Router;
import dev.sqlmem.sql.shape.HeldLiterals;
import dev.sqlmem.wire.message.QueryView;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The simple query protocol: one Query message, one answer up to ReadyForQuery. */
final class SimpleQueries {
    private final Router router;
    private final Pauses pauses;
    private final Replies replies;
    private final LocalAnswers local;
    private final SimpleAnswers answers;
    private final SimpleRelay relay;

    SimpleQueries(
            Router router,
            Pauses pauses,
            Replies replies,
            LocalAnswers local,
            SimpleAnswers answers,
            SimpleRelay relay) {
        this.router = router;
        this.pauses = pauses;
        this.replies = replies;
        this.local = local;
        this.answers = answers;
        this.relay = relay;
    }

    Step receive(ByteBuf frame) {
        if (!QueryView.isWellFormed(frame)) {
            return relay.unreadable(frame);
        }
        Lookup lookup = router.lookup();
        lookup.find(frame, QueryView.index(frame), QueryView.length(frame));
        relay.unnamedEnds();
        Request request = router.request().ask(Request.Step.QUERY, lookup);
        Decision decision = router.decide(request);
        if (decision instanceof Decision.Answer answer) {
            return answers.send(frame, lookup.classification(), request.entry(), answer.whole());
        }
        if (decision instanceof Wait wait) {
            return pauses.on(wait);
        }
        if (decision instanceof Refuse refuse) {
            frame.release();
            replies.refuseQuery(refuse, request.entry());
            return Step.DONE;
        }
        if (decision instanceof Local) {
            return local(frame, request.entry());
        }
        return relay.send(frame, lookup.classification(), request.entry(), (Relay) decision);
    }

    private Step local(ByteBuf frame, @Nullable ShapeEntry entry) {
        if (entry == null) {
            frame.release();
            replies.failQuery("0A000", "UnsupportedQueryError: such literals with sqlmem.*", null);
            return Step.DONE;
        }
        local.answer(entry, HeldLiterals.of(router.lookup().shape()), List.of(), null, new LocalAnswers.Done() {
            @Override
            public void answered(Answer answer) {
                answers.send(frame, entry.classification(), entry, answer);
            }

            @Override
            public void failed(String sqlState, String message, @Nullable String hint) {
                frame.release();
                replies.failQuery(sqlState, message, hint);
            }
        });
        return Step.DONE;
    }
}
