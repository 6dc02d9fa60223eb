package dev.sqlmem.session;

import dev.sqlmem.cache.CacheException;
import dev.sqlmem.cache.Statement;
import dev.sqlmem.plan.Output;
import dev.sqlmem.wire.message.Tag;
import dev.sqlmem.wire.type.BytesCodec;
import dev.sqlmem.wire.type.DateStyle;
import dev.sqlmem.wire.type.IntegerCodec;
import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.RealCodec;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes result rows as DataRow frames. Immutable.
 *
 * <p>What a loaded column holds is known (see {@link Output#stored}); of what SQLite computes, each value's
 * storage class is looked at before it is read, since SQLite would convert without a word.
 */
final class RowWriter {
    /** Why an answer that is not {@link #isExact} goes upstream. */
    static final String NOT_EXACT = "a column that only the server can print under the session's settings";

    private static final int NULL = -1;

    private final Output[] outputs;
    private final boolean @Nullable [] binary;
    private final TextSettings settings;

    /** Creates a writer; {@code binary} says which columns are asked for in binary, null: none. */
    RowWriter(List<Output> outputs, boolean @Nullable [] binary, TextSettings settings) {
        this.outputs = outputs.toArray(Output[]::new);
        this.binary = binary;
        this.settings = settings;
    }

    /** Whether these columns can be written in these formats under the session's settings. */
    boolean isExact() {
        for (int i = 0; i < outputs.length; i++) {
            if (!isBinary(i) && !outputs[i].codec().writesText(settings)) {
                return false;
            }
        }
        return true;
    }

    /** The same, all in text, as a session with the default styles of dates and floats would have it. */
    RowWriter asText() {
        TextSettings plain = new TextSettings(
                settings.byteaHex(),
                true,
                DateStyle.ISO,
                settings.intervals(),
                settings.zone(),
                settings.zoneExactFrom());
        return new RowWriter(List.of(outputs), null, plain);
    }

    /**
     * Appends the statement's current row.
     *
     * @throws NotExactException where a value is not one that can be written exactly
     * @throws CacheException where SQLite gives something that the plan does not know
     */
    void write(Statement row, ByteBuf out) {
        out.writeByte(Tag.DATA_ROW);
        int start = out.writerIndex();
        out.writeInt(0).writeShort(outputs.length);
        for (int i = 0; i < outputs.length; i++) {
            cell(row, i, outputs[i], out);
        }
        out.setInt(start, out.writerIndex() - start);
    }

    private void cell(Statement row, int column, Output output, ByteBuf out) {
        if (!output.stored() && StoredClass.isNull(row, column, output)) {
            out.writeInt(NULL);
        } else if (output.codec() instanceof IntegerCodec codec) {
            long value = row.columnLong(column);
            if (value == 0 && output.stored() && StoredClass.isNull(row, column, output)) {
                out.writeInt(NULL);
                return;
            }
            int start = begin(out);
            if (isBinary(column)) {
                codec.writeBinary(value, output.typmod(), out);
            } else {
                codec.writeText(value, output.typmod(), settings, out);
            }
            end(out, start);
        } else if (output.codec() instanceof BytesCodec codec) {
            bytes(row.columnBytes(column), column, output, codec, out);
        } else {
            real(row, column, output, (RealCodec) output.codec(), out);
        }
    }

    /** Zero is what SQLite also gives for null, and for the text that stands for NaN. */
    private void real(Statement row, int column, Output output, RealCodec codec, ByteBuf out) {
        double value = row.columnDouble(column);
        if (value == 0) {
            if (StoredClass.isNull(row, column, output)) {
                out.writeInt(NULL);
                return;
            }
            value = row.columnType(column) == Statement.TEXT ? Double.NaN : value;
        }
        int start = begin(out);
        if (isBinary(column)) {
            codec.writeBinary(value, out);
        } else {
            codec.writeText(value, out);
        }
        end(out, start);
    }

    private void bytes(byte @Nullable [] value, int column, Output output, BytesCodec codec, ByteBuf out) {
        if (value == null) {
            StoredClass.requireNullable(column, output);
            out.writeInt(NULL);
            return;
        }
        int start = begin(out);
        if (isBinary(column)) {
            codec.writeBinary(value, output.typmod(), out);
        } else {
            codec.writeText(value, output.typmod(), settings, out);
        }
        end(out, start);
    }

    private boolean isBinary(int column) {
        return binary != null && binary[column];
    }

    private static int begin(ByteBuf out) {
        int start = out.writerIndex();
        out.writeInt(0);
        return start;
    }

    private static void end(ByteBuf out, int start) {
        out.setInt(start, out.writerIndex() - start - Integer.BYTES);
    }
}
