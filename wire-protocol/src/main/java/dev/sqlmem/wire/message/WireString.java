package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Zero-terminated strings, read as UTF-8 without loss.
 *
 * <p>The protocol doesn't say what encoding a start-up parameter or an early error has, and a session may
 * choose LATIN1. A byte {@code xx} that is not part of valid UTF-8 becomes the lone surrogate {@code
 * U+DCxx} and is written back as that byte. Valid UTF-8 never decodes to a lone surrogate, so every string
 * re-encodes to exactly the bytes it was read from.
 */
public final class WireString {
    private static final char ESCAPE = 0xdc00;
    private static final char FIRST_ESCAPED = ESCAPE | 0x80;
    private static final char LAST_ESCAPED = ESCAPE | 0xff;

    private WireString() {}

    /** Whether all of the string came from valid UTF-8. */
    public static boolean isUtf8(String string) {
        return string.codePoints().noneMatch(WireString::isEscaped);
    }

    /** Reads up to and over the terminator; ProtocolException when there is none. */
    static String read(ByteBuf in) {
        int length = in.bytesBefore((byte) 0);
        ProtocolException.check(length >= 0, "invalid message format: string without terminator");
        String string = at(in, in.readerIndex(), length);
        in.skipBytes(length + 1);
        return string;
    }

    /** Reads {@code length} bytes of a buffer, which stays as it is. */
    static String at(ByteBuf in, int index, int length) {
        if (length == 0) {
            return "";
        }
        String string = in.toString(index, length, StandardCharsets.UTF_8);
        if (string.indexOf('\ufffd') >= 0) {
            return escape(in.nioBuffer(index, length));
        }
        return string;
    }

    /** Writes the string and its terminator; a zero inside would be an injection and is refused. */
    static void write(ByteBuf out, String string) {
        if (string.indexOf(0) >= 0) {
            throw new IllegalArgumentException("string with a zero byte");
        }
        int written = 0;
        for (int i = 0; i < string.length(); ) {
            int codePoint = string.codePointAt(i);
            if (isEscaped(codePoint)) {
                ByteBufUtil.writeUtf8(out, string, written, i);
                out.writeByte(codePoint);
                written = i + 1;
            }
            i += Character.charCount(codePoint);
        }
        ByteBufUtil.writeUtf8(out, string, written, string.length());
        out.writeByte(0);
    }

    private static boolean isEscaped(int codePoint) {
        return codePoint >= FIRST_ESCAPED && codePoint <= LAST_ESCAPED;
    }

    private static String escape(ByteBuffer bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer chars = CharBuffer.allocate(bytes.remaining());
        for (CoderResult result = decoder.decode(bytes, chars, true);
                result.isMalformed();
                result = decoder.decode(bytes, chars, true)) {
            for (int i = 0; i < result.length(); i++) {
                chars.put((char) (ESCAPE | (bytes.get() & 0xff)));
            }
        }
        return chars.flip().toString();
    }
}
