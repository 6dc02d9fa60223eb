package dev.sqlmem.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes as tests write them down: pairs of hexadecimal digits and quoted text, {@code 'Q' 00000009 'ping' 00}. */
public final class WireBytes {
    private static final Pattern TOKEN = Pattern.compile("'([^']*)'|([0-9a-f]{2})|\\s+");

    private WireBytes() {}

    /** The bytes in a heap buffer of their own. */
    public static ByteBuf wire(String notation) {
        ByteBuf bytes = Unpooled.buffer();
        Matcher token = TOKEN.matcher(notation);
        for (int at = 0; at < notation.length(); at = token.end()) {
            if (!token.find(at) || token.start() != at) {
                throw new IllegalArgumentException("no bytes: " + notation.substring(at));
            }
            if (token.group(1) != null) {
                bytes.writeCharSequence(token.group(1), StandardCharsets.UTF_8);
            } else if (token.group(2) != null) {
                bytes.writeByte(Integer.parseInt(token.group(2), 16));
            }
        }
        return bytes;
    }

    /** The bytes in an array. */
    public static byte[] array(String notation) {
        return array(wire(notation));
    }

    /** A copy of what is readable. */
    public static byte[] array(ByteBuf bytes) {
        byte[] array = new byte[bytes.readableBytes()];
        bytes.getBytes(bytes.readerIndex(), array);
        return array;
    }
}
