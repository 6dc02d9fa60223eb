package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts messages are made of. Nothing is allocated before the bytes for it are seen to be there;
 * whatever doesn't fit is a {@link ProtocolException}.
 */
final class Body {
    private Body() {}

    static byte int8(ByteBuf body) {
        require(body, Byte.BYTES);
        return body.readByte();
    }

    static short int16(ByteBuf body) {
        require(body, Short.BYTES);
        return body.readShort();
    }

    static int int32(ByteBuf body) {
        require(body, Integer.BYTES);
        return body.readInt();
    }

    static String string(ByteBuf body) {
        return WireString.read(body);
    }

    static byte[] bytes(ByteBuf body, int length) {
        require(body, length);
        byte[] bytes = new byte[length];
        body.readBytes(bytes);
        return bytes;
    }

    static byte[] rest(ByteBuf body) {
        return bytes(body, body.readableBytes());
    }

    /** A count of elements of at least {@code minLength} bytes each. Unsigned: a Bind may have 65535 values. */
    static int count(ByteBuf body, int minLength) {
        int count = int16(body) & 0xffff;
        require(body, count * minLength);
        return count;
    }

    static List<Short> shorts(ByteBuf body) {
        Short[] values = new Short[count(body, Short.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = body.readShort();
        }
        return List.of(values);
    }

    static List<Integer> ints(ByteBuf body) {
        Integer[] values = new Integer[count(body, Integer.BYTES)];
        for (int i = 0; i < values.length; i++) {
            values[i] = body.readInt();
        }
        return List.of(values);
    }

    static List<@Nullable ByteBuf> values(ByteBuf body) {
        int count = count(body, Integer.BYTES);
        List<@Nullable ByteBuf> values = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            values.add(value(body));
        }
        return Collections.unmodifiableList(values);
    }

    /** A value with its length in front, as an unretained slice; null for length -1. */
    static @Nullable ByteBuf value(ByteBuf body) {
        int length = int32(body);
        if (length == -1) {
            return null;
        }
        require(body, length);
        return body.readSlice(length);
    }

    static void end(ByteBuf body) {
        ProtocolException.check(!body.isReadable(), "invalid message format: bytes left over");
    }

    private static void require(ByteBuf body, int length) {
        ProtocolException.check(
                length >= 0 && length <= body.readableBytes(), "invalid message format: insufficient data");
    }
}
