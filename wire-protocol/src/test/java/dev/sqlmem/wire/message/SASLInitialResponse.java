package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The chosen SASL mechanism and the client's first message.
 *
 * @param mechanism its IANA name
 * @param response the mechanism's bytes, null when absent; not copied, compared by identity
 */
@SuppressWarnings("ArrayRecordComponent")
public record SASLInitialResponse(String mechanism, byte @Nullable [] response) implements FrontendMessage {

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.PASSWORD_MESSAGE);
        WireString.write(out, mechanism);
        if (response == null) {
            out.writeInt(-1);
        } else {
            out.writeInt(response.length).writeBytes(response);
        }
        Frame.end(out, start);
    }

    /** Reads the message from its body. */
    public static SASLInitialResponse decode(ByteBuf body) {
        String mechanism = Body.string(body);
        int length = Body.int32(body);
        byte[] response;
        if (length == -1) {
            response = null;
        } else {
            response = Body.bytes(body, length);
        }
        Body.end(body);
        return new SASLInitialResponse(mechanism, response);
    }
}
