package dev.sqlmem.session.answer;

import dev.sqlmem.cache.sqlite.CacheException;
import dev.sqlmem.cache.sqlite.Statement;
import dev.sqlmem.plan.Output;
import dev.sqlmem.plan.Output.Finish;
import dev.sqlmem.plan.Output.Finish.Divide;
import dev.sqlmem.storage.BytesCodec;
import dev.sqlmem.storage.IntegerCodec;
import dev.sqlmem.storage.RealCodec;
import dev.sqlmem.wire.message.Tag;
import dev.sqlmem.wire.type.DateStyle;
import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.NumericDivision;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes result rows as DataRow frames. Immutable.
 *
 * <p>What a loaded column holds is known (see {@link Output#stored}); of what SQLite computes, each value's
 * storage class is looked at before it is read, since SQLite would convert without a word.
 */
public final class RowWriter {
    /** Why an answer that is not {@link #isExact} goes upstream. */
    public static final String NOT_EXACT = "a column that only the server can print under the session's settings";

    private static final int NULL = -1;

    private final Output[] outputs;
    private final boolean @Nullable [] binary;
    private final TextSettings settings;

    /** Creates a writer; {@code binary} says which columns are asked for in binary, null: none. */
    public RowWriter(List<Output> outputs, boolean @Nullable [] binary, TextSettings settings) {
        this.outputs = outputs.toArray(Output[]::new);
        this.binary = binary;
        this.settings = settings;
    }

    /** Which columns are asked for in binary; null: none. */
    public boolean @Nullable [] binary() {
        return binary;
    }

    /** How values are written. */
    TextSettings settings() {
        return settings;
    }

    /** Whether these columns can be written in these formats under the session's settings. */
    public boolean isExact() {
        for (int i = 0; i < outputs.length; i++) {
            if (!isBinary(i) && !outputs[i].codec().writesText(settings)) {
                return false;
            }
        }
        return true;
    }

    /** The same, all in text, as a session with the default styles of dates and floats would have it. */
    public RowWriter asText() {
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
    public void write(Statement row, ByteBuf out) {
        out.writeByte(Tag.DATA_ROW);
        int start = out.writerIndex();
        out.writeInt(0).writeShort(outputs.length);
        for (int i = 0; i < outputs.length; i++) {
            Output output = outputs[i];
            if (output.finish() == null) {
                cell(row, i, output, out);
            } else {
                finished(row, i, output, output.finish(), out);
            }
        }
        out.setInt(start, out.writerIndex() - start);
    }

    private void cell(Statement row, int index, Output output, ByteBuf out) {
        int column = output.column();
        if (!output.stored() && StoredClass.isNull(row, column, output)) {
            out.writeInt(NULL);
        } else if (output.codec() instanceof IntegerCodec codec) {
            long value = row.columnLong(column);
            if (value == 0 && output.stored() && StoredClass.isNull(row, column, output)) {
                out.writeInt(NULL);
                return;
            }
            integer(value, index, codec, output.typmod(), out);
        } else if (output.codec() instanceof BytesCodec codec) {
            bytes(row.columnBytes(column), index, output, codec, out);
        } else {
            real(row, index, output, (RealCodec) output.codec(), out);
        }
    }

    /** Zero is what SQLite also gives for null, and for the text that stands for NaN. */
    private void real(Statement row, int index, Output output, RealCodec codec, ByteBuf out) {
        int column = output.column();
        double value = row.columnDouble(column);
        if (value == 0) {
            if (StoredClass.isNull(row, column, output)) {
                out.writeInt(NULL);
                return;
            }
            if (row.columnType(column) == Statement.TEXT) {
                value = Double.NaN;
            }
        }
        int start = begin(out);
        if (isBinary(index)) {
            codec.writeBinary(value, out);
        } else {
            codec.writeText(value, out);
        }
        end(out, start);
    }

    private void integer(long value, int index, IntegerCodec codec, int typmod, ByteBuf out) {
        int start = begin(out);
        if (isBinary(index)) {
            codec.writeBinary(value, typmod, out);
        } else {
            codec.writeText(value, typmod, settings, out);
        }
        end(out, start);
    }

    private void finished(Statement row, int index, Output output, Finish finish, ByteBuf out) {
        int column = output.column();
        if (StoredClass.isNull(row, column, output)) {
            out.writeInt(NULL);
            return;
        }
        long value = row.columnLong(column);
        if (finish instanceof Finish.Check check) {
            if (value < check.range().low() || value > check.range().high()) {
                throw new NotExactException("a result out of range");
            }
            integer(value, index, (IntegerCodec) output.codec(), output.typmod(), out);
        } else if (finish instanceof Finish.Rescale rescale) {
            int scale = (int) row.columnLong(column + 1);
            decimal(BigDecimal.valueOf(value, rescale.scale()).setScale(scale), index, out);
        } else if (finish instanceof Finish.Divide divide) {
            quotient(BigDecimal.valueOf(value, divide.dividendScale()), row, index, column + 1, divide, out);
        }
    }

    private void quotient(BigDecimal dividend, Statement row, int index, int column, Divide divide, ByteBuf out) {
        int type = row.columnType(column);
        if (type != Statement.NULL && type != Statement.INTEGER) {
            throw new NotExactException("a divisor that SQLite has no integer for");
        }
        long divisor = row.columnLong(column);
        if (type == Statement.NULL || (divisor == 0 && divide.zeroIsNull())) {
            out.writeInt(NULL);
            return;
        }
        if (divisor == 0) {
            throw new NotExactException("a division by zero");
        }
        BigDecimal quotient = NumericDivision.divide(dividend, BigDecimal.valueOf(divisor, divide.divisorScale()));
        decimal(divide.digits() < 0 ? quotient : quotient.setScale(divide.digits(), RoundingMode.HALF_UP), index, out);
    }

    private void decimal(BigDecimal value, int index, ByteBuf out) {
        int start = begin(out);
        if (isBinary(index)) {
            NumericDivision.writeBinary(value, out);
        } else {
            NumericDivision.writeText(value, out);
        }
        end(out, start);
    }

    private void bytes(byte @Nullable [] value, int index, Output output, BytesCodec codec, ByteBuf out) {
        if (value == null) {
            StoredClass.requireNullable(output.column(), output);
            out.writeInt(NULL);
            return;
        }
        int start = begin(out);
        if (isBinary(index)) {
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
