package dev.sqlmem.session.relay;

import dev.sqlmem.session.decision.Upstream;
import dev.sqlmem.upstream.relay.RelayConnection;
import dev.sqlmem.wire.message.Flush;
import dev.sqlmem.wire.message.Frame;
import dev.sqlmem.wire.message.Tag;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The upstream side of a conversation: sends frames and accounts for each response that is owed.
 *
 * <p>Belongs to the event loop. The conversation answers by itself only while nothing is owed ({@link
 * #isQuiet}), which keeps the answers of both sides in the order of the questions.
 */
public final class RelayLeg implements Upstream {

    private final RelayConnection connection;
    private final OwedResponses owed;
    private @Nullable PreparedStatement unnamed;
    private long batch = 1;
    private boolean unflushed;
    private boolean written;
    private long sent;

    public RelayLeg(RelayConnection connection, ClientOutput output, Registry registry, RelayObserver observer) {
        this.connection = connection;
        this.owed = new OwedResponses(output, registry, observer);
    }

    @Override
    public boolean isQuiet() {
        return owed.isEmpty();
    }

    @Override
    public boolean isBatchOpen() {
        return owed.isBatchOpen();
    }

    /** The number of the current batch, from 1. */
    public long batch() {
        return batch;
    }

    /** Whether the server reads COPY data. */
    public boolean isCopying() {
        return owed.isCopying();
    }

    /** Makes the server answer what it was sent, for a caller that waits until all is {@link #isQuiet}. */
    public void hurry() {
        if (unflushed && !owed.isEmpty()) {
            unflushed = false;
            ByteBuf frame = Unpooled.buffer(Frame.HEADER);
            Flush.INSTANCE.encode(frame);
            write(frame);
        }
    }

    /** Sends a message of the extended protocol other than Sync; takes the frame over. */
    public void send(ByteBuf frame, PendingResponse expect) {
        owed.addInBatch(expect);
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
        if (owed.isCopying()) {
            write(frame);
        } else {
            endBatch(frame, PendingResponse.SYNC);
        }
    }

    /** Sends messages of the proxy's own within a batch; takes the frames over. */
    void send(ByteBuf frames, List<PendingResponse> answers) {
        answers.forEach(owed::addInBatch);
        unflushed = true;
        write(frames);
    }

    /** Sends what ends the client's batch; takes the frames over. */
    void endBatch(ByteBuf frames, PendingResponse expect) {
        endOwnBatch(frames, expect.in(batch++));
    }

    /** Sends what ends a batch of the proxy's own; takes the frames over. */
    void endOwnBatch(ByteBuf frames, PendingResponse expect) {
        owed.addEndOfBatch(expect);
        unflushed = false;
        write(frames);
    }

    /** Sends what is not answered: Flush and COPY data; takes the frame over. */
    public void pass(ByteBuf frame) {
        byte tag = Frame.tag(frame);
        if (tag == Tag.COPY_DONE || tag == Tag.COPY_FAIL) {
            owed.copyDataEnded();
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
        owed.forsake();
    }

    /** Sends what is queued, once for each batch of messages. */
    public void flush() {
        if (written) {
            written = false;
            connection.flush();
        }
    }

    public RelayConnection connection() {
        return connection;
    }

    /** How often something was sent. */
    public long sent() {
        return sent;
    }

    private void write(ByteBuf frame) {
        sent++;
        written = true;
        connection.write(frame);
    }

    /** Takes in one response; takes the frame over. */
    public void receive(ByteBuf frame) {
        owed.receive(frame);
    }

    /** Takes in rows or COPY data, one frame or a part of one or many; takes the bytes over. */
    public void receiveRows(ByteBuf bytes) {
        owed.receiveRows(bytes);
    }
}
