package dev.sqlmem.plan;

import dev.sqlmem.cache.Generation;
import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.wire.message.RowDescription;
import dev.sqlmem.wire.type.TypeCodec;

/**
 * How a plain column is written out. What SQLite gives for it is not always what it is compared by: of types
 * with several representations of a value it is the wire's bytes.
 *
 * @param sqlite the column of table {@code t} that is selected
 * @param output what writes it
 * @param field what RowDescription says of it
 */
record ColumnOutput(String sqlite, Output output, RowDescription.Field field) {

    /** Describes a column of the table under a name; {@code index} is its column in SQLite's result, from 0. */
    static ColumnOutput of(TableDefinition table, ColumnDefinition column, String name, int index)
            throws NotTranslatable {
        TypeCodec codec = codec(column);
        boolean real = table.oid() != 0;
        RowDescription.Field field = new RowDescription.Field(
                name,
                (int) table.oid(),
                (short) (real ? column.attnum() : 0),
                column.typeOid(),
                codec.length(),
                column.typmod(),
                (short) 0);
        String sqlite = Scope.RELATION + "." + Generation.writtenName(column);
        return new ColumnOutput(
                sqlite, new Output(codec, column.typmod(), !column.notNull(), true, index, null), field);
    }

    /** The codec of a column's values. */
    static TypeCodec codec(ColumnDefinition column) throws NotTranslatable {
        TypeCodec codec = column.codec();
        if (codec == null) {
            throw new NotTranslatable("type " + column.typeName());
        }
        return codec;
    }
}
