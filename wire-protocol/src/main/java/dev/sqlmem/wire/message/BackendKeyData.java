package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/**
 * What a client needs to cancel: four bytes of key at protocol 3.0, up to 256 at 3.2.
 *
 * @param pid the session's number
 * @param key its secret; not copied, compared by identity
 */
@SuppressWarnings("ArrayRecordComponent")
public record BackendKeyData(int pid, byte[] key) implements BackendMessage {
    /** Checks the key's length. */
    public BackendKeyData {
        ProtocolException.check(key.length >= 4 && key.length <= 256, "invalid length of cancel key");
    }

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.BACKEND_KEY_DATA);
        out.writeInt(pid).writeBytes(key);
        Frame.end(out, start);
    }

    /** Reads the message from its body. */
    public static BackendKeyData decode(ByteBuf body) {
        int pid = Body.int32(body);
        return new BackendKeyData(pid, Body.rest(body));
    }
}
