package dev.sqlmem.session;

import dev.sqlmem.database.Database;
import dev.sqlmem.session.decision.Router;
import dev.sqlmem.session.relay.ClientOutput;
import dev.sqlmem.session.relay.Registry;
import dev.sqlmem.session.relay.RelayLeg;
import dev.sqlmem.session.relay.RelayObserver;
import dev.sqlmem.session.relay.ServerSide;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.upstream.relay.RelayConnection;
import dev.sqlmem.wire.codec.FrameChunk;
import dev.sqlmem.wire.message.ErrorResponse;
import dev.sqlmem.wire.message.Frame;
import dev.sqlmem.wire.message.ProtocolException;
import dev.sqlmem.wire.message.Tag;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Takes the client's messages strictly in order. A message that cannot be handled yet (an answer is
 * being made, the upstream still owes one, something must be loaded first) waits at the head of the
 * queue and is tried again. Belongs to the event loop; owns the frames that it is given.
 */
final class Conversation implements RelayObserver {
    final SessionState state;
    final RelayLeg leg;
    final Waiting waiting;
    final CachedAnswers answers;
    final Writes writes;
    private final Client client;
    private final Database database;
    private final ServerSide server;
    private final Farewell farewell;
    private final Journal journal;
    private final Router router;
    private final SettingsQuestion settings;
    private final Pauses pauses;
    private final Replies replies;
    private final Messages messages;
    private final ArrayDeque<Object> queue = new ArrayDeque<>();
    private boolean retried;
    private boolean draining;

    Conversation(SessionParts parts, Database database, RelayConnection connection) {
        SessionContext context = parts.context();
        Channel channel = parts.channel();
        ClientOutput output = parts.output();
        this.database = database;
        this.state = parts.state();
        this.client = parts.client();
        this.farewell = new Farewell(parts.turns());
        Registry registry = new Registry();
        this.leg = new RelayLeg(connection, output, registry, this);
        this.server = ServerSide.of(leg, registry);
        this.journal = new Journal(context.counters(), database.tables(), new StatementLog(parts.info()));
        this.router = new Router(context.readOnly(), context.fillWait(), client.slot(), database, state, leg);
        this.settings = new SettingsQuestion(channel.alloc(), database, state, leg, router.request(), farewell);
        this.waiting = new Waiting(channel.eventLoop(), context.fillWait(), router.request(), farewell, this::resume);
        this.pauses = new Pauses(
                waiting,
                router.request(),
                leg,
                settings,
                () -> context.coldStarts().goOn(database, router.request(), state.reported("TimeZone")));
        this.replies = new Replies(output, state, server, journal);
        this.writes = new Writes(database, state, registry, leg, pauses);
        Samples samples = new Samples(database, state, context.verifier());
        this.answers = new CachedAnswers(client, context, waiting, replies, journal, samples);
        this.messages =
                messages(context.readOnly(), new LocalAnswers(context, parts.info(), state, router.values(), waiting));
    }

    private Messages messages(boolean readOnly, LocalAnswers local) {
        Relaying relaying = new Relaying(state, writes, journal, leg);
        SimpleRelay relay = new SimpleRelay(router.lookup(), server, state, pauses, replies, relaying);
        SimpleAnswers simple = new SimpleAnswers(server.registry(), replies, answers, relay);
        ExtendedBatch batch = new ExtendedBatch(server, state, router, replies);
        ParsedStatements parsed = new ParsedStatements(router.lookup(), state);
        return new Messages(
                new SimpleQueries(router, pauses, replies, local, simple, relay),
                new ParseMessages(server, parsed, pauses, batch, local, relaying),
                new BindMessages(server, state, pauses, batch, local, relaying),
                new DescribeMessages(server, state, pauses, batch, local),
                new ExecuteMessages(server, state, pauses, batch, answers, relaying),
                new CloseMessages(server, pauses, replies),
                new FunctionCalls(readOnly, leg, state, pauses, replies, writes),
                new BatchMessages(server, state, replies, farewell));
    }

    /** Takes in a frame or a piece of one from the client. */
    void receive(Object frame) {
        if (farewell.isOver()) {
            ReferenceCountUtil.release(frame);
        } else if (waiting.isBusy() || !queue.isEmpty()) {
            queue.add(frame);
        } else {
            take(frame);
        }
    }

    private boolean take(Object frame) {
        Step step;
        long sent = leg.sent();
        try {
            if (frame instanceof FrameChunk chunk) {
                step = messages.batch().pass(chunk.content());
            } else {
                step = dispatch((ByteBuf) frame);
            }
        } catch (ProtocolException e) {
            ReferenceCountUtil.release(frame);
            farewell.fatal(e.sqlState(), String.valueOf(e.getMessage()), null);
            return false;
        } catch (RuntimeException e) {
            if (!answers.isOwner()
                    && leg.sent() == sent) { // else somebody has it, or may: rather lost than freed twice
                ReferenceCountUtil.release(frame);
            }
            farewell.failed(e);
            return false;
        }
        if (step == Step.WAIT) {
            queue.addFirst(frame);
            retried = true;
            return false;
        }
        retried = false;
        router.request().over();
        return true;
    }

    private void resume() {
        while (!waiting.isBusy() && !farewell.isOver() && !queue.isEmpty()) {
            if (!take(queue.remove())) {
                break;
            }
        }
        flush();
        drainIfIdle();
    }

    void flush() {
        client.output().flush();
        leg.flush();
        updateReading();
    }

    /** Whether more of the client's messages would only pile up. */
    private void updateReading() {
        RelayConnection.reading(
                client.channel(),
                queue.isEmpty() && !waiting.isBusy() && leg.connection().isWritable());
    }

    private Step dispatch(ByteBuf frame) {
        byte tag = Frame.tag(frame);
        if (replies.isSkipping() && tag != Tag.SYNC && tag != Tag.TERMINATE) {
            frame.release();
            return Step.DONE;
        }
        if (!retried) {
            state.catalogs(database.epoch());
        }
        if (Messages.mayRun(tag)) {
            messages.batch().checkNoCopy(tag);
            if (pauses.untilPinned(state) == Step.WAIT) {
                return Step.WAIT;
            }
        }
        return messages.receive(tag, frame);
    }

    /** Asks for the settings after login; {@code then} runs once they are known. */
    void settleFirst(Runnable then) {
        settings.ask(then);
    }

    void readyForQuery() {
        replies.readyForQuery();
    }

    // ---- what the upstream brings

    @Override
    public void ready(byte status, long batch) {
        journal.ended(batch);
        state.ready(status);
        if (batch > 0) {
            writes.ready(status, batch);
            if (status == SessionState.IDLE) {
                server.transactionEnded(batch);
            }
        }
    }

    @Override
    public void completed(String tag) {
        writes.completed(tag);
    }

    @Override
    public void failed() {
        writes.failed();
    }

    @Override
    public void settled(List<String> values, @Nullable ErrorResponse error) {
        settings.answered(values, error);
    }

    @Override
    public void ended() {
        journal.ended();
    }

    @Override
    public void batchFailed() {
        replies.skipBatch();
    }

    @Override
    public void parameter(String name, String value) {
        state.report(name, value);
    }

    @Override
    public void quiet() {
        if (!queue.isEmpty() && !waiting.isBusy()) {
            resume();
        }
    }

    // ---- for others to see

    long statements() {
        return journal.statements();
    }

    /** Tells what would become of a statement. */
    void explain(String sql, CompletableFuture<List<List<String>>> result) {
        new Explanation(client, database, state, router, settings).of(sql, result);
    }

    /** Whether the upstream is at work for this client. */
    boolean isRelaying() {
        return !leg.isQuiet();
    }

    String describeState() {
        return state.describe(leg.isQuiet() && !waiting.isBusy());
    }

    // ---- the ends of it

    /** Whether nothing is going on that a stop would break off. */
    private boolean isIdle() {
        return queue.isEmpty() && !waiting.isBusy() && server.isIdle() && state.status() == SessionState.IDLE;
    }

    /** Ends the session as soon as the running statement or transaction has ended. */
    void drain() {
        draining = true;
        drainIfIdle();
    }

    void drainIfIdle() {
        if (draining && isIdle()) {
            farewell.fatal("57P01", "terminating connection: the proxy is shutting down", null);
        }
    }

    /** Breaks off what is running, as a CancelRequest asks. */
    void cancel() {
        if (answers.cancel()) {
            return;
        }
        if (waiting.isBusy() && !queue.isEmpty()) {
            waiting.breakOff();
            Object head = queue.remove();
            boolean query = head instanceof ByteBuf frame && Frame.tag(frame) == Tag.QUERY;
            ReferenceCountUtil.release(head);
            replies.canceled(query);
            resume();
        }
    }

    /** Frees everything; the channels are closed by the caller. */
    void close() {
        if (farewell.isOver()) {
            return;
        }
        farewell.over();
        writes.changed(); // what was under way may have been committed
        while (!queue.isEmpty()) {
            ReferenceCountUtil.release(queue.remove());
        }
        leg.forsake();
        server.registry().closePortals();
        answers.close();
        client.output().discard();
    }
}
