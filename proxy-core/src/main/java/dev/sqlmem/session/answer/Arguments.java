package dev.sqlmem.session.answer;

import dev.sqlmem.cache.sqlite.Statement;
import dev.sqlmem.plan.Binding.OrderKeyOf;
import java.util.ArrayList;
import java.util.List;

/** The values of a statement's parameters in stored form. Filled once, then only read. */
public final class Arguments {
    /** Of a statement without parameters. */
    public static final Arguments NONE = new Arguments(0);

    private static final byte NULL = 0;
    private static final byte LONG = 1;
    private static final byte DOUBLE = 2;
    private static final byte TEXT = 3;
    private static final byte BLOB = 4;

    private final byte[] kinds;
    private final long[] longs;
    private final byte[][] bytes;
    private List<Placed> placed = List.of();

    /**
     * A parameter that is the place of a text in an order, which each generation has another of.
     *
     * @param utf8 the text, not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Placed(int index, byte[] utf8, OrderKeyOf order) {}

    Arguments(int count) {
        kinds = new byte[count];
        longs = new long[count];
        bytes = new byte[count][];
    }

    private Arguments(Arguments of) {
        kinds = of.kinds.clone();
        longs = of.longs.clone();
        bytes = of.bytes;
        placed = of.placed;
    }

    void setNull(int index) {
        kinds[index] = NULL;
    }

    void setLong(int index, long value) {
        kinds[index] = LONG;
        longs[index] = value;
    }

    void setDouble(int index, double value) {
        kinds[index] = DOUBLE;
        longs[index] = Double.doubleToRawLongBits(value);
    }

    /** Sets text in UTF-8; the array is not to be changed any more. */
    void setText(int index, byte[] utf8) {
        kinds[index] = TEXT;
        bytes[index] = utf8;
    }

    /** Sets bytes; the array is not to be changed any more. */
    void setBlob(int index, byte[] value) {
        kinds[index] = BLOB;
        bytes[index] = value;
    }

    /** Sets a text whose place is to be found; until that is set, the parameter is null. */
    void setPlace(int index, byte[] utf8, OrderKeyOf order) {
        List<Placed> more = new ArrayList<>(placed);
        more.add(new Placed(index, utf8, order));
        placed = more;
    }

    /** The parameters that are places. */
    List<Placed> placed() {
        return placed;
    }

    /** The same values, of which the places can be set without changing these. */
    Arguments copy() {
        return new Arguments(this);
    }

    /** Binds all values. */
    public void bindTo(Statement statement) {
        for (int i = 0; i < kinds.length; i++) {
            switch (kinds[i]) {
                case LONG -> statement.bindLong(i + 1, longs[i]);
                case DOUBLE -> statement.bindDouble(i + 1, Double.longBitsToDouble(longs[i]));
                case TEXT -> statement.bindText(i + 1, bytes[i]);
                case BLOB -> statement.bindBlob(i + 1, bytes[i]);
                default -> statement.bindNull(i + 1);
            }
        }
    }
}
