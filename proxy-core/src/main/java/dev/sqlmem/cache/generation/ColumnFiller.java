package dev.sqlmem.cache.generation;

import dev.sqlmem.cache.sqlite.Statement;
import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.storage.BytesCodec;
import dev.sqlmem.storage.IntegerCodec;
import dev.sqlmem.storage.KeyedCodec;
import dev.sqlmem.storage.OpaqueCodec;
import dev.sqlmem.storage.RealCodec;
import dev.sqlmem.storage.StorageClass;
import dev.sqlmem.storage.TypeCodec;
import dev.sqlmem.wire.type.NotExactException;
import io.netty.buffer.ByteBuf;

/**
 * Turns the fields of one upstream column into parameters of the INSERT, and gathers {@link ColumnFacts} on
 * the way. Used by one thread.
 *
 * <p>A column takes one field of each tuple, its binary form, and a second one with its text where its codec
 * {@link TypeCodec#needsText needs it}.
 */
final class ColumnFiller {
    private static final byte[] NAN = {'N', 'a', 'N'};

    private final ColumnDefinition column;
    private final TypeCodec codec;
    private final int parameter;
    private long bytes;
    private boolean hasNull;
    private boolean isNull;
    private boolean hasNaN;
    private boolean allAscii = true;
    private long min = Long.MAX_VALUE;
    private long max = Long.MIN_VALUE;
    private boolean zero;
    private boolean minusZero;
    private int representation = KeyedCodec.ANY_REPRESENTATION;

    /** Creates a filler whose first parameter is this one. */
    ColumnFiller(ColumnDefinition column, int parameter) {
        TypeCodec of = column.codec();
        if (of == null) {
            throw new IllegalArgumentException("no codec for " + column);
        }
        this.column = column;
        this.codec = of;
        this.parameter = parameter;
    }

    ColumnDefinition column() {
        return column;
    }

    /** How many fields of a tuple it takes. */
    int fields() {
        if (codec.needsText()) {
            return 2;
        }
        return 1;
    }

    /** How many parameters it sets. */
    int parameters() {
        if (codec.isKeyed()) {
            return 2;
        }
        return 1;
    }

    /** The stored bytes so far. */
    long bytes() {
        return bytes;
    }

    boolean hasNull() {
        return hasNull;
    }

    /** Whether the value bound last was null. */
    boolean isNull() {
        return isNull;
    }

    /** The greatest integer so far. */
    long greatest() {
        return max;
    }

    /**
     * Reads this column's fields of a tuple and binds its parameters.
     *
     * @throws NotExactException where the value can't be held
     * @throws IndexOutOfBoundsException where the tuple is too short
     */
    void bind(ByteBuf in, Statement insert) {
        int length = in.readInt();
        int start = in.readerIndex();
        isNull = length < 0;
        if (codec.needsText()) {
            opaque(in, start, length, insert);
        } else if (length < 0) {
            setNull(insert);
        } else {
            value(in, start, length, insert);
            if (in.readerIndex() != start + length) {
                throw new NotExactException("it was not read to its end");
            }
        }
    }

    private void setNull(Statement insert) {
        hasNull = true;
        insert.bindNull(parameter);
        if (codec.isKeyed()) {
            insert.bindNull(parameter + 1);
        }
    }

    private void value(ByteBuf in, int start, int length, Statement insert) {
        bytes += length;
        if (codec instanceof IntegerCodec integers) {
            long value = integers.readBinary(in, length, column.typmod());
            min = Math.min(min, value);
            max = Math.max(max, value);
            insert.bindLong(parameter, value);
        } else if (codec instanceof RealCodec reals) {
            real(reals.readBinary(in, length), insert);
        } else if (codec instanceof BytesCodec other) {
            bytes(other, other.readBinary(in, length, column.typmod()), insert);
            if (codec instanceof KeyedCodec keyed) {
                wire(keyed, in, start, length, insert);
            }
        }
    }

    private void real(double value, Statement insert) {
        if (Double.isNaN(value)) {
            hasNaN = true;
            insert.bindText(parameter, NAN);
            return;
        }
        if (value == 0) {
            boolean negative = Double.doubleToRawLongBits(value) < 0;
            minusZero |= negative;
            zero |= !negative;
        }
        insert.bindDouble(parameter, value);
    }

    private void bytes(BytesCodec of, byte[] value, Statement insert) {
        if (of.storage() == StorageClass.TEXT) {
            allAscii = allAscii && isAscii(value);
            insert.bindText(parameter, value);
        } else {
            insert.bindBlob(parameter, value);
        }
    }

    private void wire(KeyedCodec keyed, ByteBuf in, int start, int length, Statement insert) {
        byte[] wire = new byte[length];
        in.getBytes(start, wire);
        bytes += length;
        represent(keyed.representation(wire));
        insert.bindBlob(parameter + 1, wire);
    }

    private void represent(int now) {
        if (now == KeyedCodec.ANY_REPRESENTATION || now == representation) {
            return;
        }
        boolean first = representation == KeyedCodec.ANY_REPRESENTATION;
        if (first) {
            representation = now;
        } else {
            representation = KeyedCodec.NO_REPRESENTATION;
        }
    }

    private void opaque(ByteBuf in, int start, int length, Statement insert) {
        in.skipBytes(Math.max(0, length));
        int textLength = in.readInt();
        int textStart = in.readerIndex();
        in.skipBytes(Math.max(0, textLength));
        if (length < 0) {
            setNull(insert);
            return;
        }
        if (textLength < 0) {
            throw new NotExactException("a value without a text form");
        }
        byte[] value = OpaqueCodec.both(in, start, length, textStart, textLength);
        bytes += value.length;
        insert.bindBlob(parameter, value);
    }

    private static boolean isAscii(byte[] text) {
        for (byte b : text) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    ColumnFacts facts() {
        boolean one = codec.isIdentity()
                || (codec instanceof RealCodec && !(zero && minusZero))
                || (codec.isKeyed() && representation != KeyedCodec.NO_REPRESENTATION);
        return new ColumnFacts(hasNull, allAscii, min, max, hasNaN, one);
    }
}
