package dev.sqlmem.translate.query;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.plan.Output;
import dev.sqlmem.storage.TypeCodec;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Types;
import dev.sqlmem.wire.message.RowDescription;
import org.jspecify.annotations.Nullable;

/**
 * How a plain column is written out. What SQLite gives for it is not always what it is compared by: of types
 * with several representations of a value it is the wire's bytes.
 *
 * @param output what writes it
 * @param field what RowDescription says of it
 */
record ColumnOutput(Output output, RowDescription.Field field) {

    /**
     * Describes a column under a name.
     *
     * @param table its table, where that is the only relation; else null, as the server describes the column
     * @param index its column in SQLite's result, from 0
     */
    static ColumnOutput of(Term term, ColumnDefinition column, @Nullable TableDefinition table, String name, int index)
            throws NotTranslatable {
        TypeCodec codec = Types.codec(column);
        int oid;
        if (table == null) {
            oid = 0;
        } else {
            oid = (int) table.oid();
        }
        RowDescription.Field field = new RowDescription.Field(
                name,
                oid,
                (short) (oid == 0 ? 0 : column.attnum()),
                column.typeOid(),
                codec.length(),
                column.typmod(),
                (short) 0);
        return new ColumnOutput(new Output(codec, column.typmod(), term.isNullable(), true, index, null), field);
    }
}
