package dev.sqlmem.wire.type;

import io.netty.buffer.ByteBuf;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Text as the server accepts it: well-formed UTF-8 without U+0000. ASCII is checked eight bytes at a time. */
public final class Utf8 {
    private static final byte[] EMPTY = {};
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    /**
     * Takes the next {@code length} bytes.
     *
     * @throws NotExactException where they are not well-formed text
     */
    public static byte[] read(ByteBuf in, int length) {
        if (length == 0) {
            return EMPTY;
        }
        byte[] bytes = new byte[length];
        in.readBytes(bytes);
        int index = skipAscii(bytes, 0);
        while (index < length) {
            index = skipAscii(bytes, sequenceEnd(bytes, index));
        }
        return bytes;
    }

    /** The number of characters (code points) of well-formed text. */
    public static int characters(byte[] text) {
        int characters = 0;
        for (byte b : text) {
            if ((b & 0xc0) != 0x80) {
                characters += 1;
            }
        }
        return characters;
    }

    /** The first index from {@code from} on that holds no ASCII character, or holds U+0000. */
    private static int skipAscii(byte[] bytes, int from) {
        int index = from;
        for (; index <= bytes.length - Long.BYTES; index += Long.BYTES) {
            long eight = (long) LONGS.get(bytes, index);
            // A zero byte borrows from its own high bit.
            if (((eight | eight - ONES) & HIGH_BITS) != 0) {
                break;
            }
        }
        while (index < bytes.length && bytes[index] > 0) {
            index++;
        }
        return index;
    }

    /** Checks the multi-byte sequence at {@code index} (RFC 3629, section 4) and returns its end. */
    private static int sequenceEnd(byte[] bytes, int index) {
        int lead = bytes[index] & 0xff;
        if (lead >= 0xc2 && lead <= 0xdf) {
            return continuation(bytes, index + 1, 0x80, 0xbf);
        }
        if (lead >= 0xe0 && lead <= 0xef) {
            int second = continuation(bytes, index + 1, lead == 0xe0 ? 0xa0 : 0x80, lead == 0xed ? 0x9f : 0xbf);
            return continuation(bytes, second, 0x80, 0xbf);
        }
        if (lead >= 0xf0 && lead <= 0xf4) {
            int second = continuation(bytes, index + 1, lead == 0xf0 ? 0x90 : 0x80, lead == 0xf4 ? 0x8f : 0xbf);
            return continuation(bytes, continuation(bytes, second, 0x80, 0xbf), 0x80, 0xbf);
        }
        throw new NotExactException("text that is not valid UTF-8");
    }

    private static int continuation(byte[] bytes, int index, int min, int max) {
        if (index == bytes.length || (bytes[index] & 0xff) < min || (bytes[index] & 0xff) > max) {
            throw new NotExactException("text that is not valid UTF-8");
        }
        return index + 1;
    }
}
