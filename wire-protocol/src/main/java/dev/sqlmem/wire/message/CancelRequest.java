package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/**
 * Asks, on a connection of its own, to interrupt what a session is doing. There is no answer.
 *
 * @param pid the session's number from {@link BackendKeyData}
 * @param key its secret, 4 to 256 bytes; not copied, compared by identity: use {@link
 *     java.security.MessageDigest#isEqual}
 */
@SuppressWarnings("ArrayRecordComponent")
public record CancelRequest(int pid, byte[] key) implements FrontendMessage {
    /** What stands in place of a protocol version. */
    public static final int CODE = 80877102;

    /** Checks the key's length. */
    public CancelRequest {
        ProtocolException.check(key.length >= 4 && key.length <= 256, "invalid length of cancel key");
    }

    @Override
    public void encode(ByteBuf out) {
        out.writeInt(12 + key.length).writeInt(CODE).writeInt(pid).writeBytes(key);
    }

    /** Reads the message from its body. */
    public static CancelRequest decode(ByteBuf body) {
        int pid = Body.int32(body);
        return new CancelRequest(pid, Body.rest(body));
    }
}
