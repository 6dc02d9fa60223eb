package dev.sqlmem.session;

import dev.sqlmem.database.Database;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.decision.Admission;
import dev.sqlmem.session.decision.Admission.Decline;
import dev.sqlmem.session.metrics.RelayReason;
import dev.sqlmem.session.metrics.RelayTimes;
import dev.sqlmem.session.relay.ClientOutput;
import dev.sqlmem.session.relay.InjectedMessages;
import dev.sqlmem.session.relay.PendingResponse;
import dev.sqlmem.session.relay.Registry;
import dev.sqlmem.session.relay.RelayLeg;
import dev.sqlmem.session.relay.RelayObserver;
import dev.sqlmem.session.relay.SettingsProbe;
import dev.sqlmem.session.relay.SqlNames;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.sql.classify.Classification;
import dev.sqlmem.upstream.relay.RelayConnection;
import dev.sqlmem.wire.codec.FrameChunk;
import dev.sqlmem.wire.message.ErrorResponse;
import dev.sqlmem.wire.message.Frame;
import dev.sqlmem.wire.message.ProtocolException;
import dev.sqlmem.wire.message.ReadyForQuery;
import dev.sqlmem.wire.message.Tag;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the client's messages strictly in order. A message that cannot be handled yet (an answer is
 * being made, the upstream still owes one, something must be loaded first) waits at the head of the
 * queue and is tried again. Belongs to the event loop; owns the frames that it is given.
 */
final class Conversation implements RelayObserver {
    /** What became of a message. */
    enum Step {
        DONE,
        /** It stays at the head of the queue. */
        WAIT
    }

    final SessionContext context;
    final Channel channel;
    final Database database;
    final SessionInfo info;
    final SessionState state;
    final ClientOutput output;
    private final SessionEnd end;

    /** The number of the event loop. */
    final int slot;

    final Registry registry = new Registry();
    final RelayLeg leg;
    private final RelayTimes relayTimes;
    final InjectedMessages own;
    final SqlNames names;
    final Waiting waiting;
    final Errors errors;
    final Lookup lookup;
    final Admission admission;
    final CachedAnswers answers;
    final Writes writes;
    final StatementLog log;
    private final SimpleQueries simple;
    private final ExtendedQueries extended;
    private final ArrayDeque<Object> queue = new ArrayDeque<>();
    private boolean retried;
    private int settleEpoch;
    private boolean closed;
    private boolean draining;
    private @Nullable Runnable onSettled;
    private @Nullable Runnable owned;
    private long statements;
    private boolean executedHere;

    Conversation(Client client, Database database, RelayConnection connection) {
        this.context = client.context();
        this.channel = client.channel();
        this.database = database;
        this.info = client.info();
        this.state = client.state();
        this.output = client.output();
        this.end = client.turns();
        this.leg = new RelayLeg(connection, output, registry, this);
        this.own = new InjectedMessages(leg, registry);
        this.names = new SqlNames(registry, leg, own);
        this.waiting = new Waiting(this);
        this.errors = new Errors(this);
        this.lookup = new Lookup(database, state);
        this.admission = new Admission(database, state);
        this.slot = client.slot();
        this.answers = new CachedAnswers(this, slot);
        this.writes = new Writes(this);
        this.relayTimes = new RelayTimes(context.counters().relays);
        this.log = new StatementLog(info);
        this.simple = new SimpleQueries(this);
        this.extended = new ExtendedQueries(this);
    }

    /** Takes in a frame or a piece of one from the client. */
    void receive(Object frame) {
        if (closed) {
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
                step = pass(chunk.content());
            } else {
                step = dispatch((ByteBuf) frame);
            }
        } catch (ProtocolException e) {
            ReferenceCountUtil.release(frame);
            fatal(e.sqlState(), String.valueOf(e.getMessage()), null);
            return false;
        } catch (RuntimeException e) {
            if (owned == null && leg.sent() == sent) { // else somebody has it, or may: rather lost than freed twice
                ReferenceCountUtil.release(frame);
            }
            end.failed(e);
            return false;
        }
        if (step == Step.WAIT) {
            queue.addFirst(frame);
            retried = true;
            return false;
        }
        retried = false;
        waiting.over();
        return true;
    }

    /** Goes on with the queue, then sends what came of it. */
    void resume() {
        while (!waiting.isBusy() && !closed && !queue.isEmpty()) {
            if (!take(queue.remove())) {
                break;
            }
        }
        flush();
        drainIfIdle();
    }

    void flush() {
        output.flush();
        leg.flush();
        updateReading();
    }

    /** Whether more of the client's messages would only pile up. */
    private void updateReading() {
        RelayConnection.reading(
                channel,
                queue.isEmpty() && !waiting.isBusy() && leg.connection().isWritable());
    }

    private Step dispatch(ByteBuf frame) {
        byte tag = Frame.tag(frame);
        if (errors.isSkipping() && tag != Tag.SYNC && tag != Tag.TERMINATE) {
            frame.release();
            return Step.DONE;
        }
        if (!retried) {
            state.catalogs(database.epoch());
        }
        if (leg.isCopying() && mayRun(tag)) {
            throw new ProtocolException("unexpected message type 0x%02X during COPY from stdin".formatted(tag));
        }
        if (state.mayBeReadWrite() && mayRun(tag) && !leg.isBatchOpen()) {
            if (!leg.isQuiet()) {
                return Step.WAIT;
            }
            if (state.mustPin()) {
                return settle();
            }
        }
        return switch (tag) {
            case Tag.QUERY -> simple.query(frame);
            case Tag.PARSE -> extended.parse(frame);
            case Tag.BIND -> extended.bind(frame);
            case Tag.DESCRIBE -> extended.describe(frame);
            case Tag.EXECUTE -> extended.execute(frame);
            case Tag.CLOSE -> extended.close(frame);
            case Tag.SYNC -> sync(bodiless(frame));
            case Tag.FUNCTION_CALL -> functionCall(frame);
            case Tag.FLUSH -> pass(bodiless(frame));
            case Tag.COPY_DATA, Tag.COPY_DONE, Tag.COPY_FAIL -> pass(frame);
            case Tag.TERMINATE -> terminate(frame);
            default -> throw new ProtocolException("invalid frontend message type " + (tag & 0xff));
        };
    }

    /** Checks a message that may be answered without the server's seeing it. */
    private static ByteBuf bodiless(ByteBuf frame) {
        if (frame.readableBytes() != Frame.HEADER) {
            throw new ProtocolException("invalid message format");
        }
        return frame;
    }

    private static boolean mayRun(byte tag) {
        return tag == Tag.QUERY
                || tag == Tag.PARSE
                || tag == Tag.BIND
                || tag == Tag.EXECUTE
                || tag == Tag.FUNCTION_CALL;
    }

    private Step pass(ByteBuf bytes) {
        if (Frame.tag(bytes) == Tag.FLUSH && !leg.isBatchOpen()) {
            bytes.release(); // everything of this batch was answered here, and leaves with the batch's flush
        } else {
            leg.pass(bytes);
        }
        return Step.DONE;
    }

    private Step sync(ByteBuf frame) {
        executedHere = false;
        if (errors.isAborting()) {
            errors.synced();
            frame.release();
            own.abortBlock();
            return Step.DONE;
        }
        if (leg.isBatchOpen() || leg.isCopying()) {
            errors.synced();
            own.beforeSync();
            leg.sync(frame);
            return Step.DONE;
        }
        if (!leg.isQuiet()) {
            return Step.WAIT;
        }
        errors.synced();
        frame.release();
        if (state.status() == SessionState.IDLE) {
            registry.closePortals();
        }
        readyForQuery();
        return Step.DONE;
    }

    private Step functionCall(ByteBuf frame) {
        state.unknown();
        writes.everything();
        leg.sendQuery(frame, PendingResponse.FUNCTION_CALL);
        return Step.DONE;
    }

    private Step terminate(ByteBuf frame) {
        frame.release();
        end.close();
        return Step.DONE;
    }

    // ---- what the handlers of messages call

    /** Waits until the upstream owes nothing. */
    Step awaitQuiet() {
        leg.hurry();
        return Step.WAIT;
    }

    /** Asks the session for its settings; the message at the head is tried again when they are known. */
    Step settle() {
        settleEpoch = database.epoch();
        leg.sendQuery(SettingsProbe.question(channel.alloc(), context.readOnly()), PendingResponse.SETTLE);
        return Step.WAIT;
    }

    /** Asks for the settings after login; {@code then} runs once they are known. */
    void settleFirst(Runnable then) {
        onSettled = then;
        settle();
        leg.flush();
    }

    void readyForQuery() {
        new ReadyForQuery(state.status()).encode(output.buffer());
    }

    /** Keeps what the running answer holds, so that it is given back even when the session ends first. */
    void owns(Runnable release) {
        owned = release;
    }

    /** Gives that back. */
    void released() {
        Runnable release = owned;
        owned = null;
        if (release != null) {
            release.run();
        }
    }

    /** Tells the client why and ends the session. */
    void fatal(String sqlState, String message, @Nullable String hint) {
        end.fatal(sqlState, message, hint);
    }

    /**
     * Notes that a statement goes upstream, because of what {@link Waiting#because} says.
     *
     * @param shape the statement for people
     */
    void relayed(@Nullable Classification classification, @Nullable ShapeEntry entry, Supplier<String> shape) {
        Decline because = waiting.because();
        if (because == null) {
            because = why(classification, entry);
        }
        waiting.because(null);
        state.relayed(classification, writes.isHarmless(classification));
        log.relayed(StatementLog.isOn() ? shape.get() : "", because.reason());
        relayTimes.sent(leg.batch());
        context.counters().relayed(because.why());
        if (entry != null) {
            entry.counters().relayed(because.reason());
        }
    }

    /** Why a statement goes upstream about which the cache was not even asked. */
    private Decline why(@Nullable Classification classification, @Nullable ShapeEntry entry) {
        RelayReason shown = RelayReason.of(classification);
        if (shown != null) {
            return Decline.of(shown);
        }
        if (entry == null) {
            return Decline.of(RelayReason.UNSUPPORTED_SQL);
        }
        if (state.status() == SessionState.FAILED) {
            return new Decline(RelayReason.TRANSACTION, "the transaction has failed");
        }
        return Decline.of(RelayReason.BATCH);
    }

    void countStatement() {
        statements++;
    }

    /** Notes that an Execute of the current batch was answered here. */
    void executedHere() {
        executedHere = true;
    }

    /** Whether the batch that no Sync has ended yet had an Execute answered here. */
    boolean hasExecutedHere() {
        return executedHere;
    }

    long statements() {
        return statements;
    }

    // ---- what the upstream brings

    @Override
    public void ready(byte status, long batch) {
        relayTimes.ended(batch);
        state.ready(status);
        if (batch > 0) {
            writes.ready(status, batch);
            if (status == SessionState.IDLE) {
                registry.closePortals(batch);
                names.transactionEnded();
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
        if (error == null && !values.isEmpty()) {
            state.settled(SettingsProbe.standing(values, database, state), settleEpoch);
            if (database.zone(state.reported("TimeZone")) == null) {
                database.checkZone(state.reported("TimeZone"));
            }
        } else if (state.isSuspect()) {
            fatal("08006", "the session's settings cannot be read any more: " + reason(error), null);
        } else {
            waiting.decline("the session's settings cannot be read");
        }
        Runnable then = onSettled;
        if (then != null) {
            onSettled = null;
            then.run();
        }
    }

    private static String reason(@Nullable ErrorResponse error) {
        if (error == null) {
            return "no answer";
        }
        return error.message();
    }

    @Override
    public void ended() {
        log.ended();
    }

    @Override
    public void batchFailed() {
        errors.skipBatch();
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

    // ---- the ends of it

    boolean isClosed() {
        return closed;
    }

    /** Whether nothing is going on that a stop would break off. */
    private boolean isIdle() {
        return queue.isEmpty()
                && !waiting.isBusy()
                && leg.isQuiet()
                && !leg.isBatchOpen()
                && state.status() == SessionState.IDLE;
    }

    /** Ends the session as soon as the running statement or transaction has ended. */
    void drain() {
        draining = true;
        drainIfIdle();
    }

    void drainIfIdle() {
        if (draining && !closed && isIdle()) {
            fatal("57P01", "terminating connection: the proxy is shutting down", null);
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
            errors.canceled(query);
            resume();
        }
    }

    /** Whether the upstream is at work for this client. */
    boolean isRelaying() {
        return !leg.isQuiet();
    }

    String describeState() {
        return switch (state.status()) {
            case SessionState.IN_BLOCK -> "in transaction";
            case SessionState.FAILED -> "failed transaction";
            default -> leg.isQuiet() && !waiting.isBusy() ? "idle" : "active";
        };
    }

    /** Frees everything; the channels are closed by the caller. */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        writes.changed(); // what was under way may have been committed
        while (!queue.isEmpty()) {
            ReferenceCountUtil.release(queue.remove());
        }
        leg.forsake();
        registry.closePortals();
        answers.close();
        released();
        output.discard();
    }
}
