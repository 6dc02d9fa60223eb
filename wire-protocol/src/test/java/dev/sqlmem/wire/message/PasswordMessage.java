package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/**
 * A password, or whatever else the authentication method at hand puts into a message of tag {@code
 * p}: {@link GSSResponse}, {@link SASLInitialResponse} and {@link SASLResponse} share the tag, and only
 * the state of the log-in tells them apart.
 *
 * @param body everything after the length; a password's terminator included; not copied, compared by
 *     identity
 */
@SuppressWarnings("ArrayRecordComponent")
public record PasswordMessage(byte[] body) implements FrontendMessage {

    /** The message that carries a password (or its MD5 form). */
    public static PasswordMessage of(String password) {
        ByteBuf body = Unpooled.buffer();
        WireString.write(body, password);
        return decode(body);
    }

    /** The body read as a password; ProtocolException when it isn't exactly one terminated string. */
    public String password() {
        ByteBuf in = Unpooled.wrappedBuffer(body);
        String password = Body.string(in);
        Body.end(in);
        return password;
    }

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.PASSWORD_MESSAGE);
        out.writeBytes(body);
        Frame.end(out, start);
    }

    /** Reads the message from its body. */
    public static PasswordMessage decode(ByteBuf body) {
        return new PasswordMessage(Body.rest(body));
    }
}
