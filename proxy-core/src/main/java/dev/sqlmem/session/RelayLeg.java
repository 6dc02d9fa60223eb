package dev.sqlmem.session;

import dev.sqlmem.upstream.RelayConnection;
import dev.sqlmem.wire.message.DataRow;
import dev.sqlmem.wire.message.ErrorResponse;
import dev.sqlmem.wire.message.Flush;
import dev.sqlmem.wire.message.ParameterStatus;
import dev.sqlmem.wire.message.ReadyForQuery;
import dev.sqlmem.wire.message.Tag;
import dev.sqlmem.wire.message.Terminate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The upstream side of a conversation: sends frames and accounts for each response that is owed.
 *
 * <p>Belongs to the event loop. The conversation answers by itself only while nothing is owed ({@link
 * #isQuiet}), which keeps the answers of both sides in the order of the questions.
 */
final class RelayLeg {
    private static final int HEADER = 5;

    /** What the conversation does when responses arrive. */
    interface Observer {
        /** A transaction status has arrived, before the client hears of it. */
        void ready(byte status, boolean swallowed);

        /** The answer to {@link Settle}: a row, or null with the error. */
        void settled(@Nullable DataRow row, @Nullable ErrorResponse error);

        /** The messages up to the next Sync are void. */
        void batchFailed();

        /** A parameter has changed. */
        void parameter(String name, String value);

        /** Nothing is owed any more. */
        void quiet();
    }

    private final RelayConnection connection;
    private final ClientOutput output;
    private final Registry registry;
    private final Observer observer;
    private final ArrayDeque<Expect> owed = new ArrayDeque<>();
    private @Nullable PreparedStatement unnamed;
    private @Nullable DataRow settleRow;
    private @Nullable ErrorResponse settleError;
    private boolean batchOpen;
    private boolean unflushed;
    private boolean copyIn;
    private boolean written;

    RelayLeg(RelayConnection connection, ClientOutput output, Registry registry, Observer observer) {
        this.connection = connection;
        this.output = output;
        this.registry = registry;
        this.observer = observer;
    }

    /** Whether no response is owed. */
    boolean isQuiet() {
        return owed.isEmpty();
    }

    /** Whether the server has received messages of the extended protocol that no Sync has followed yet. */
    boolean isBatchOpen() {
        return batchOpen;
    }

    /** Makes the server answer what it was sent, for a caller that waits until all is {@link #isQuiet}. */
    void hurry() {
        if (unflushed && !owed.isEmpty()) {
            unflushed = false;
            ByteBuf frame = Unpooled.buffer(HEADER);
            new Flush().encode(frame);
            write(frame);
        }
    }

    /** Sends a message of the extended protocol other than Sync; takes the frame over. */
    void send(ByteBuf frame, Expect expect) {
        owed.add(expect);
        batchOpen = true;
        unflushed = true;
        write(frame);
    }

    /** Sends Query, FunctionCall or the proxy's own question; takes the frame over. */
    void sendQuery(ByteBuf frame, Expect expect) {
        owed.add(expect);
        if (expect.kind() == Expect.Kind.QUERY) {
            unnamed = null; // a simple query ends the unnamed statement
        }
        write(frame);
    }

    /** Sends the client's Sync, which the server ignores while it reads COPY data. */
    void sync(ByteBuf frame) {
        if (!copyIn) {
            owed.add(Expect.SYNC);
            batchOpen = false;
            unflushed = false;
        }
        write(frame);
    }

    /** Sends what is not answered: Flush and COPY data; takes the frame over. */
    void pass(ByteBuf frame) {
        byte tag = frame.getByte(frame.readerIndex());
        if (tag == Tag.COPY_DONE || tag == Tag.COPY_FAIL) {
            copyIn = false;
        } else if (tag == Tag.FLUSH) {
            unflushed = false;
        }
        write(frame);
    }

    /** Makes sure that the server knows the statement before it is bound or described there. */
    void ensureParsed(PreparedStatement statement) {
        boolean known = statement.name.isEmpty() ? unnamed == statement : statement.upstream;
        if (!known) {
            ByteBuf frame = Unpooled.buffer(HEADER + statement.parse.length);
            frame.writeByte(Tag.PARSE).writeInt(4 + statement.parse.length).writeBytes(statement.parse);
            send(frame, Expect.parseAgain(statement));
            parsed(statement);
        }
    }

    /** Notes that a Parse for this statement has been sent. */
    void parsed(PreparedStatement statement) {
        statement.upstream = true;
        if (statement.name.isEmpty()) {
            unnamed = statement;
        }
    }

    /** Sends what is queued, once for each batch of messages. */
    void flush() {
        if (written) {
            written = false;
            connection.flush();
        }
    }

    void terminate() {
        ByteBuf frame = Unpooled.buffer(HEADER);
        new Terminate().encode(frame);
        connection.write(frame);
        connection.flush();
        connection.close();
    }

    RelayConnection connection() {
        return connection;
    }

    private void write(ByteBuf frame) {
        written = true;
        connection.write(frame);
    }

    /** Takes in one response; takes the frame over. */
    void receive(ByteBuf frame) {
        byte tag = frame.getByte(frame.readerIndex());
        if (tag == Tag.NOTICE_RESPONSE || tag == Tag.NOTIFICATION_RESPONSE) {
            output.relay(frame);
        } else if (tag == Tag.PARAMETER_STATUS) {
            ParameterStatus status = ParameterStatus.decode(body(frame));
            observer.parameter(status.name(), status.value());
            output.relay(frame);
        } else if (owed.isEmpty()) {
            output.relay(frame); // an error out of turn, such as an administrator's shutdown
        } else {
            answer(tag, frame, owed.element());
        }
        if (owed.isEmpty()) {
            observer.quiet();
        }
    }

    private void answer(byte tag, ByteBuf frame, Expect head) {
        if (head.kind() == Expect.Kind.SETTLE) {
            settle(tag, frame);
            return;
        }
        if (tag == Tag.READY_FOR_QUERY) {
            owed.remove();
            observer.ready(ReadyForQuery.decode(body(frame)).status(), false);
        } else if (tag == Tag.ERROR_RESPONSE) {
            failed(head);
        } else if (tag == Tag.COPY_IN_RESPONSE) {
            copyIn = true;
            owed.removeIf(expect -> expect.kind() == Expect.Kind.SYNC); // the server reads them as part of COPY
            batchOpen = head.kind() == Expect.Kind.EXECUTE;
        } else if (ends(tag, head.kind())) {
            owed.remove();
            if (head.swallowed()) {
                frame.release();
                return;
            }
        }
        output.relay(frame);
    }

    private static boolean ends(byte tag, Expect.Kind kind) {
        return switch (kind) {
            case PARSE -> tag == Tag.PARSE_COMPLETE;
            case BIND -> tag == Tag.BIND_COMPLETE;
            case DESCRIBE -> tag == Tag.ROW_DESCRIPTION || tag == Tag.NO_DATA;
            case EXECUTE -> tag == Tag.COMMAND_COMPLETE
                    || tag == Tag.EMPTY_QUERY_RESPONSE
                    || tag == Tag.PORTAL_SUSPENDED;
            case CLOSE -> tag == Tag.CLOSE_COMPLETE;
            case SYNC, QUERY, FUNCTION_CALL, SETTLE -> false;
        };
    }

    /** An error voids everything up to the next Sync, Parse messages included. */
    private void failed(Expect head) {
        copyIn = false;
        if (head.kind() == Expect.Kind.QUERY || head.kind() == Expect.Kind.FUNCTION_CALL
                || head.kind() == Expect.Kind.SYNC) {
            return;
        }
        while (!owed.isEmpty() && owed.element().kind() != Expect.Kind.SYNC) {
            PreparedStatement statement = owed.remove().statement();
            if (statement != null) {
                statement.upstream = false;
                unnamed = unnamed == statement ? null : unnamed;
                registry.remove(statement);
            }
        }
        if (owed.isEmpty()) {
            observer.batchFailed();
        }
    }

    private void settle(byte tag, ByteBuf frame) {
        if (tag == Tag.DATA_ROW) {
            settleRow = DataRow.decode(body(frame));
            return; // the row's values are slices of the frame, which goes with it
        }
        if (tag == Tag.ERROR_RESPONSE) {
            settleError = ErrorResponse.decode(body(frame));
        } else if (tag == Tag.READY_FOR_QUERY) {
            owed.remove();
            DataRow row = settleRow;
            ErrorResponse error = settleError;
            settleRow = null;
            settleError = null;
            observer.ready(ReadyForQuery.decode(body(frame)).status(), true);
            observer.settled(row, error);
            if (row != null) {
                row.values().stream().filter(value -> value != null).findFirst().ifPresent(this::releaseWhole);
            }
        }
        frame.release();
    }

    private void releaseWhole(ByteBuf slice) {
        slice.release();
    }

    private static ByteBuf body(ByteBuf frame) {
        return frame.slice(frame.readerIndex() + HEADER, frame.readableBytes() - HEADER);
    }
}
