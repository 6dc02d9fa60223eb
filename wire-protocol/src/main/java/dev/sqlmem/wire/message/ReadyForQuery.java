package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/**
 * The server waits for the next query.
 *
 * @param status {@link #IDLE}, {@link #IN_TRANSACTION} or {@link #FAILED}
 */
public record ReadyForQuery(byte status) implements BackendMessage {
    /** Outside of a transaction block. */
    public static final byte IDLE = 'I';

    /** In a transaction block. */
    public static final byte IN_TRANSACTION = 'T';

    /** In a failed transaction block. */
    public static final byte FAILED = 'E';

    /** Checks the status. */
    public ReadyForQuery {
        ProtocolException.check(
                status == IDLE || status == IN_TRANSACTION || status == FAILED, "invalid transaction status");
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeByte(Tag.READY_FOR_QUERY).writeInt(5).writeByte(status);
    }

    /** Reads the message from its body. */
    public static ReadyForQuery decode(ByteBuf body) {
        byte status = Body.int8(body);
        Body.end(body);
        return new ReadyForQuery(status);
    }
}
