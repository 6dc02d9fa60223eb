package dev.sqlmem.wire.message;

import io.netty.handler.codec.DecoderException;

/**
 * The other side broke the protocol: lengths that lie, missing terminators, unknown tags.
 *
 * <p>It is a {@link DecoderException} so that Netty's decoders pass it on to {@code exceptionCaught} as it
 * is. The message is fit for the client and holds nothing of its data.
 */
public final class ProtocolException extends DecoderException {
    /** {@code protocol_violation}. */
    public static final String SQL_STATE = "08P01";

    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public ProtocolException(String message) {
        super(message);
    }

    /** Leaves the stack trace out: the fault is at the other end of the wire. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }

    /** The SQLSTATE to report, always {@link #SQL_STATE}. */
    public String sqlState() {
        return SQL_STATE;
    }

    static void check(boolean valid, String message) {
        if (!valid) {
            throw new ProtocolException(message);
        }
    }
}
