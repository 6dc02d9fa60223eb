package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** The columns of the rows to come. */
public record RowDescription(List<Field> fields) implements BackendMessage {

    /** Copies the list. */
    public RowDescription {
        fields = List.copyOf(fields);
    }

    /**
     * One column.
     *
     * @param name as shown to the client
     * @param tableOid unsigned; 0 unless the column is a table's
     * @param attnum the attribute number within that table, or 0
     * @param typeOid unsigned
     * @param typlen pg_type's, negative for variable widths
     * @param typmod -1 for none
     * @param format 0 is text, 1 binary; 0 where a statement is described
     */
    public record Field(String name, int tableOid, short attnum, int typeOid, short typlen, int typmod, short format) {
        /** An empty name and the fixed fields. */
        static final int MIN_LENGTH = 19;

        private void write(ByteBuf out) {
            WireString.write(out, name);
            out.writeInt(tableOid).writeShort(attnum).writeInt(typeOid);
            out.writeShort(typlen).writeInt(typmod).writeShort(format);
        }

        private static Field read(ByteBuf body) {
            return new Field(
                    Body.string(body),
                    Body.int32(body),
                    Body.int16(body),
                    Body.int32(body),
                    Body.int16(body),
                    Body.int32(body),
                    Body.int16(body));
        }
    }

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.ROW_DESCRIPTION);
        out.writeShort(fields.size());
        fields.forEach(field -> field.write(out));
        Frame.end(out, start);
    }

    /** Reads the message from its body. */
    public static RowDescription decode(ByteBuf body) {
        int count = Body.count(body, Field.MIN_LENGTH);
        List<Field> fields = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            fields.add(Field.read(body));
        }
        Body.end(body);
        return new RowDescription(fields);
    }
}
