package dev.sqlmem.storage;

import dev.sqlmem.wire.type.Digits;
import dev.sqlmem.wire.type.NumericText;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * {@code numeric} of any precision and scale, each value with a scale of its own (manual, "Arbitrary
 * Precision Numbers"): 1.1 and 1.10 are equal and look different. Compared by {@link NumericKey}.
 */
public final class WideNumericCodec extends KeyedCodec {
    private static final int HEADER = 8;
    private static final int NEGATIVE = 0x4000;

    WideNumericCodec() {}

    @Override
    public int oid() {
        return NumericCodec.OID;
    }

    @Override
    public short length() {
        return -1;
    }

    /** The key of a number that is compared with stored ones. */
    public static byte[] key(BigDecimal value) {
        return NumericKey.of(value);
    }

    @Override
    public byte[] readBinary(ByteBuf in, int length, int typmod) {
        byte[] key = NumericKey.of(in, in.readerIndex(), length);
        in.skipBytes(length);
        return key;
    }

    /** Reads plain digits, {@code -?\d+(\.\d+)?}. */
    @Override
    public byte[] readText(ByteBuf in, int length, int typmod, TextSettings settings) {
        return NumericKey.of(NumericText.readDecimal(in, length));
    }

    @Override
    public void writeBinary(byte[] wire, int typmod, ByteBuf out) {
        out.writeBytes(wire);
    }

    @Override
    public void writeText(byte[] wire, int typmod, TextSettings settings, ByteBuf out) {
        int sign = shortAt(wire, 4);
        String special = NumericKey.special(sign);
        if (special != null) {
            out.writeCharSequence(special, StandardCharsets.US_ASCII);
            return;
        }
        if (sign == NEGATIVE) {
            out.writeByte('-');
        }
        int weight = (short) shortAt(wire, 2);
        if (weight < 0) {
            out.writeByte('0');
        } else {
            Digits.write(group(wire, 0), out);
            for (int i = 1; i <= weight; i++) {
                Digits.writePadded(group(wire, i), 4, out);
            }
        }
        int scale = shortAt(wire, 6);
        if (scale > 0) {
            out.writeByte('.');
            fraction(wire, weight, scale, out);
        }
    }

    private static void fraction(byte[] wire, int weight, int scale, ByteBuf out) {
        int missing = scale;
        for (int i = weight + 1; missing > 0; i++, missing -= 4) {
            int group = group(wire, i);
            if (missing >= 4) {
                Digits.writePadded(group, 4, out);
            } else {
                Digits.writePadded(group / Digits.POWERS[4 - missing], missing, out);
            }
        }
    }

    /** The digits that all values have after the point. */
    @Override
    public int representation(byte[] wire) {
        int sign = shortAt(wire, 4);
        if (NumericKey.special(sign) == null) {
            return shortAt(wire, 6);
        }
        return ANY_REPRESENTATION;
    }

    private static int group(byte[] wire, int index) {
        boolean there = index >= 0 && index < shortAt(wire, 0);
        if (there) {
            return shortAt(wire, HEADER + 2 * index);
        }
        return 0;
    }

    private static int shortAt(byte[] wire, int index) {
        return (wire[index] & 0xff) << 8 | (wire[index + 1] & 0xff);
    }
}
