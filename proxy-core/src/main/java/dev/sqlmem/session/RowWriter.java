package dev.sqlmem.session;

import dev.sqlmem.cache.Statement;
import dev.sqlmem.plan.Output;
import dev.sqlmem.wire.message.Tag;
import dev.sqlmem.wire.type.BytesCodec;
import dev.sqlmem.wire.type.IntegerCodec;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes result rows as DataRow frames. Immutable. */
final class RowWriter {
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

    /** Appends the statement's current row. */
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
        if (output.codec() instanceof IntegerCodec codec) {
            long value = row.columnLong(column);
            if (value == 0 && output.nullable() && row.columnType(column) == Statement.NULL) {
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
        } else {
            bytes(row.columnBytes(column), column, output, (BytesCodec) output.codec(), out);
        }
    }

    private void bytes(byte @Nullable [] value, int column, Output output, BytesCodec codec, ByteBuf out) {
        if (value == null) {
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
