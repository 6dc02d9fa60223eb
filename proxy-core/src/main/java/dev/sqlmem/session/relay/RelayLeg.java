package dev.sqlmem.session.relay;

import dev.sqlmem.session.decision.Upstream;
import dev.sqlmem.upstream.relay.RelayConnection;
import dev.sqlmem.wire.message.ErrorResponse;
import dev.sqlmem.wire.message.Flush;
import dev.sqlmem.wire.message.ParameterStatus;
import dev.sqlmem.wire.message.ReadyForQuery;
import dev.sqlmem.wire.message.Tag;
import dev.sqlmem.wire.message.Terminate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The upstream side of a conversation: sends frames and accounts for each response that is owed.
 *
 * <p>Belongs to the event loop. The conversation answers by itself only while nothing is owed ({@link
 * #isQuiet}), which keeps the answers of both sides in the order of the questions.
 */
public final class RelayLeg implements Upstream {

    /** What the conversation does when responses arrive. */
    public interface Observer {
        /**
         * A transaction status has arrived, before the client hears of it; {@code batch} is the last one that
         * it covers, 0 where the question was the proxy's own.
         */
        void ready(byte status, long batch);

        /** The answer to {@link SettingsProbe}: the values of its row, or an error. */
        void settled(List<String> values, @Nullable ErrorResponse error);

        /** A statement of the client's has been carried out, with this tag, or a part of one, with an empty tag. */
        void completed(String tag);

        /** A message of the client's has failed. */
        void failed();

        /** The answer to a Query or an Execute of the client's is complete, or will never come. */
        void ended();

        /** The messages up to the next Sync are void. */
        void batchFailed();

        /** A parameter has changed. */
        void parameter(String name, String value);

        /** Nothing is owed any more, or the server reads COPY data: what waited can go on. */
        void quiet();
    }

    private final RelayConnection connection;
    private final ClientOutput output;
    private final Registry registry;
    private final Observer observer;
    private final ArrayDeque<PendingResponse> owed = new ArrayDeque<>();
    private @Nullable PreparedStatement unnamed;
    private final SettingsReply settleReply = new SettingsReply();
    private boolean batchOpen;
    private long batch = 1;
    private boolean unflushed;
    private boolean copyIn;
    private boolean written;

    public RelayLeg(RelayConnection connection, ClientOutput output, Registry registry, Observer observer) {
        this.connection = connection;
        this.output = output;
        this.registry = registry;
        this.observer = observer;
    }

    @Override
    public boolean isQuiet() {
        return owed.isEmpty();
    }

    @Override
    public boolean isBatchOpen() {
        return batchOpen;
    }

    /** The number of the current batch, from 1. */
    public long batch() {
        return batch;
    }

    /** Whether the server reads COPY data. */
    public boolean isCopying() {
        return copyIn;
    }

    /** Makes the server answer what it was sent, for a caller that waits until all is {@link #isQuiet}. */
    public void hurry() {
        if (unflushed && !owed.isEmpty()) {
            unflushed = false;
            ByteBuf frame = Unpooled.buffer(Frames.HEADER);
            Flush.INSTANCE.encode(frame);
            write(frame);
        }
    }

    /** Sends a message of the extended protocol other than Sync; takes the frame over. */
    public void send(ByteBuf frame, PendingResponse expect) {
        owed.add(expect);
        batchOpen = true;
        unflushed = true;
        write(frame);
    }

    /** Sends Query, FunctionCall or the proxy's own question; takes the frame over. */
    public void sendQuery(ByteBuf frame, PendingResponse expect) {
        if (expect.kind() == PendingResponse.Kind.SETTLE) {
            owed.add(expect);
        } else {
            owed.add(expect.in(batch++));
            unnamed = null; // a simple query ends the unnamed statement
        }
        write(frame);
    }

    /** Sends the client's Sync, which the server ignores while it reads COPY data. */
    public void sync(ByteBuf frame) {
        if (copyIn) {
            write(frame);
        } else {
            endBatch(frame, PendingResponse.SYNC);
        }
    }

    /** Sends messages of the proxy's own within a batch; takes the frames over. */
    void send(ByteBuf frames, List<PendingResponse> answers) {
        owed.addAll(answers);
        batchOpen = true;
        unflushed = true;
        write(frames);
    }

    /** Sends what ends the client's batch; takes the frames over. */
    void endBatch(ByteBuf frames, PendingResponse expect) {
        endOwnBatch(frames, expect.in(batch++));
    }

    /** Sends what ends a batch of the proxy's own; takes the frames over. */
    void endOwnBatch(ByteBuf frames, PendingResponse expect) {
        owed.add(expect);
        batchOpen = false;
        unflushed = false;
        write(frames);
    }

    /** Sends what is not answered: Flush and COPY data; takes the frame over. */
    public void pass(ByteBuf frame) {
        byte tag = frame.getByte(frame.readerIndex());
        if (tag == Tag.COPY_DONE || tag == Tag.COPY_FAIL) {
            if (!copyIn && !owed.isEmpty()) {
                owed.add(PendingResponse.COPY_END);
            }
            copyIn = false;
        } else if (tag == Tag.FLUSH) {
            unflushed = false;
        }
        write(frame);
    }

    /** Notes that the server does not know the statement after all. */
    public void unparsed(PreparedStatement statement) {
        statement.upstream = false;
        if (unnamed == statement) {
            unnamed = null;
        }
    }

    /** The statement that the server has as its unnamed one, as far as it is known. */
    @Nullable
    public PreparedStatement unnamed() {
        return unnamed;
    }

    /** Notes which statement the server has as its unnamed one. */
    public void unnamed(@Nullable PreparedStatement statement) {
        unnamed = statement;
    }

    /** A simple query ends the unnamed statement. */
    public void forgetUnnamed() {
        unnamed = null;
    }

    /** Notes that a Parse for this statement has been sent. */
    public void parsed(PreparedStatement statement) {
        statement.upstream = true;
        if (statement.name.isEmpty()) {
            unnamed = statement;
        }
    }

    /** Takes back what the responses that will never come were to confirm. */
    public void forsake() {
        while (!owed.isEmpty()) {
            PendingResponse.Undo undo = owed.removeLast().undo();
            if (undo != null) {
                undo.run(false);
            }
        }
    }

    /** Sends what is queued, once for each batch of messages. */
    public void flush() {
        if (written) {
            written = false;
            connection.flush();
        }
    }

    void terminate() {
        ByteBuf frame = Unpooled.buffer(Frames.HEADER);
        Terminate.INSTANCE.encode(frame);
        connection.write(frame);
        connection.flush();
        connection.close();
    }

    public RelayConnection connection() {
        return connection;
    }

    private void write(ByteBuf frame) {
        written = true;
        connection.write(frame);
    }

    /** Takes in one response; takes the frame over. */
    public void receive(ByteBuf frame) {
        byte tag = frame.getByte(frame.readerIndex());
        if (tag == Tag.NOTICE_RESPONSE || tag == Tag.NOTIFICATION_RESPONSE) {
            output.relay(frame);
        } else if (tag == Tag.PARAMETER_STATUS) {
            ParameterStatus status = ParameterStatus.decode(Frames.body(frame));
            observer.parameter(status.name(), status.value());
            output.relay(frame);
        } else if (owed.isEmpty()) {
            output.relay(frame); // an error out of turn, such as an administrator's shutdown
        } else {
            answer(tag, frame, owed.element());
        }
        while (!owed.isEmpty() && owed.element().kind() == PendingResponse.Kind.COPY_END) {
            owed.remove(); // there was no COPY that it could have ended
        }
        if (owed.isEmpty() || copyIn) {
            observer.quiet();
        }
    }

    private void answer(byte tag, ByteBuf frame, PendingResponse head) {
        if (head.kind() == PendingResponse.Kind.SETTLE) {
            if (tag == Tag.READY_FOR_QUERY) {
                owed.remove();
            }
            settleReply.receive(tag, frame, observer);
            return;
        }
        if (head.kind() == PendingResponse.Kind.ABORT && tag == Tag.ERROR_RESPONSE) {
            frame.release();
            return;
        }
        if (head.kind() == PendingResponse.Kind.INTRODUCE) {
            introduced(tag, frame, head);
            return;
        }
        if (tag == Tag.READY_FOR_QUERY) {
            owed.remove();
            if (head.kind() == PendingResponse.Kind.QUERY) {
                observer.ended();
            }
            observer.ready(ReadyForQuery.decode(Frames.body(frame)).status(), head.batch());
        } else if (tag == Tag.ERROR_RESPONSE) {
            if (failed(head)) {
                frame.release();
                return;
            }
        } else if (tag == Tag.PARAMETER_DESCRIPTION && head.kind() == PendingResponse.Kind.DESCRIBE_ROWS) {
            frame.release();
            return;
        } else if (tag == Tag.COPY_IN_RESPONSE) {
            copyBegins(head);
        } else if (head.kind() == PendingResponse.Kind.QUERY && tag == Tag.COMMAND_COMPLETE) {
            Runnable then = head.then();
            if (then != null) {
                then.run();
            }
            completed(frame, head);
        } else if (ends(tag, head.kind())) {
            owed.remove();
            Runnable then = head.then();
            if (then != null) {
                then.run();
            }
            if (tag == Tag.COMMAND_COMPLETE) {
                completed(frame, head);
            } else if (tag == Tag.PORTAL_SUSPENDED) {
                observer.completed("");
            }
            if (head.swallowed()) {
                frame.release();
                return;
            }
            if (head.kind() == PendingResponse.Kind.EXECUTE) {
                observer.ended();
            }
        }
        output.relay(frame);
    }

    /** The end of a transaction, or of a part of one, takes portals with it: COMMIT, ROLLBACK (TO). */
    private void completed(ByteBuf frame, PendingResponse head) {
        if (!head.swallowed()) {
            int from = frame.readerIndex() + Frames.HEADER;
            observer.completed(frame.toString(from, frame.writerIndex() - 1 - from, StandardCharsets.UTF_8));
        }
        byte first = frame.getByte(frame.readerIndex() + Frames.HEADER);
        byte second = frame.getByte(frame.readerIndex() + Frames.HEADER + 1);
        byte third = frame.getByte(frame.readerIndex() + Frames.HEADER + 2);
        if ((first == 'C' && second == 'O' && third == 'M') || (first == 'R' && second == 'O')) {
            registry.closeCached();
        }
    }

    /** The server reads COPY data, and every Sync before its end as a part of it. */
    private void copyBegins(PendingResponse head) {
        boolean syncAfterEnd = false;
        copyIn = true;
        for (Iterator<PendingResponse> rest = owed.iterator(); rest.hasNext(); ) {
            PendingResponse expect = rest.next();
            if (copyIn
                    && (expect.kind() == PendingResponse.Kind.SYNC || expect.kind() == PendingResponse.Kind.COPY_END)) {
                copyIn = expect.kind() != PendingResponse.Kind.COPY_END; // sent already, by a client that did not wait
                rest.remove();
            } else {
                syncAfterEnd |= expect.kind() == PendingResponse.Kind.SYNC;
            }
        }
        if (!syncAfterEnd) {
            batchOpen = head.kind() == PendingResponse.Kind.EXECUTE;
        }
    }

    private void introduced(byte tag, ByteBuf frame, PendingResponse head) {
        PendingResponse.Undo undo = head.undo();
        if (tag == Tag.ERROR_RESPONSE && undo != null) {
            undo.run(true);
        } else if (tag == Tag.READY_FOR_QUERY) {
            owed.remove();
            observer.ready(ReadyForQuery.decode(Frames.body(frame)).status(), 0);
        }
        frame.release();
    }

    private static boolean ends(byte tag, PendingResponse.Kind kind) {
        return switch (kind) {
            case PARSE -> tag == Tag.PARSE_COMPLETE;
            case BIND -> tag == Tag.BIND_COMPLETE;
            case DESCRIBE, DESCRIBE_ROWS -> tag == Tag.ROW_DESCRIPTION || tag == Tag.NO_DATA;
            case EXECUTE ->
                tag == Tag.COMMAND_COMPLETE || tag == Tag.EMPTY_QUERY_RESPONSE || tag == Tag.PORTAL_SUSPENDED;
            case CLOSE -> tag == Tag.CLOSE_COMPLETE;
            case SYNC, QUERY, FUNCTION_CALL, COPY_END, SETTLE, INTRODUCE, ABORT -> false;
        };
    }

    /**
     * An error voids everything up to the next Sync, Parse messages included. Returns whether it is none of
     * the client's business.
     */
    private boolean failed(PendingResponse head) {
        observer.failed();
        copyIn = false;
        if (head.kind() == PendingResponse.Kind.QUERY
                || head.kind() == PendingResponse.Kind.FUNCTION_CALL
                || head.kind() == PendingResponse.Kind.SYNC) {
            return false;
        }
        List<PendingResponse> lost = new ArrayList<>();
        while (!owed.isEmpty() && !endsBatch(owed.element().kind())) {
            lost.add(owed.remove());
        }
        for (int i = lost.size() - 1; i >= 0; i--) {
            PendingResponse.Undo undo = lost.get(i).undo();
            if (undo != null) {
                undo.run(i == 0);
            }
        }
        for (PendingResponse each : lost) {
            if (each.kind() == PendingResponse.Kind.EXECUTE && !each.swallowed()) {
                observer.ended();
            }
        }
        if (owed.isEmpty()) {
            observer.batchFailed();
            return false;
        }
        return owed.element().kind() == PendingResponse.Kind.INTRODUCE;
    }

    private static boolean endsBatch(PendingResponse.Kind kind) {
        return kind == PendingResponse.Kind.SYNC || kind == PendingResponse.Kind.INTRODUCE;
    }

    /** Takes in rows or COPY data, one frame or a part of one or many; takes the bytes over. */
    public void receiveRows(ByteBuf bytes) {
        PendingResponse head = owed.peek();
        if (head != null && head.swallowed() && head.kind() != PendingResponse.Kind.SETTLE) {
            bytes.release();
        } else if (head != null && head.kind() == PendingResponse.Kind.SETTLE) {
            settleReply.row(bytes);
        } else {
            output.relay(bytes);
        }
    }
}
