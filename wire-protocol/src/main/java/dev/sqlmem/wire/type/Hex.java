package dev.sqlmem.wire.type;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Hexadecimal digits: lower case when written, either case when read. */
public final class Hex {
    private static final short[] PAIRS = pairs();
    private static final byte[] VALUES = values();

    private Hex() {}

    /** Writes {@code length} bytes from {@code offset} as twice as many digits. */
    public static void write(byte[] bytes, int offset, int length, ByteBuf out) {
        out.ensureWritable(2 * length);
        int index = offset;
        int end = offset + length;
        for (; index <= end - 4; index += 4) {
            out.writeLong((long) pair(bytes[index]) << 48
                    | (long) pair(bytes[index + 1]) << 32
                    | (long) pair(bytes[index + 2]) << 16
                    | pair(bytes[index + 3]));
        }
        for (; index < end; index++) {
            out.writeShort(pair(bytes[index]));
        }
    }

    /** The byte whose two digits stand at an absolute index. */
    public static byte read(ByteBuf in, int index) {
        int value = VALUES[in.getByte(index) & 0xff] << 4 | VALUES[in.getByte(index + 1) & 0xff];
        if (value < 0) {
            throw new NotExactException("not a hexadecimal digit");
        }
        return (byte) value;
    }

    private static int pair(byte value) {
        return PAIRS[value & 0xff];
    }

    private static short[] pairs() {
        short[] pairs = new short[256];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = (short) (Character.forDigit(i >> 4, 16) << 8 | Character.forDigit(i & 15, 16));
        }
        return pairs;
    }

    private static byte[] values() {
        byte[] values = new byte[256];
        Arrays.fill(values, (byte) -1);
        for (int i = 0; i < 16; i++) {
            char digit = Character.forDigit(i, 16);
            values[digit] = (byte) i;
            values[Character.toUpperCase(digit)] = (byte) i;
        }
        return values;
    }
}
