package dev.sqlmem.catalog;

import dev.sqlmem.wire.type.TypeCodec;
import dev.sqlmem.wire.type.TypeCodecs;
import dev.sqlmem.wire.type.TypeTraits;
import org.jspecify.annotations.Nullable;

/**
 * One column of an upstream table, as {@code pg_attribute} has it.
 *
 * @param attnum the attribute number, which RowDescription reports
 * @param name the column's name, unquoted
 * @param typeOid the OID of its type; for a domain that of the base type
 * @param typeName the type as {@code format_type} prints it
 * @param typmod the type modifier, -1 where there is none; for a domain that of the base type
 * @param notNull whether the column can hold no null
 * @param traits what shapes its type's values beside the OID
 * @param order what its collation allows
 * @param notCacheable why this column's values cannot be held, or null where they can
 */
public record ColumnDefinition(
        int attnum,
        String name,
        int typeOid,
        String typeName,
        int typmod,
        boolean notNull,
        TypeTraits traits,
        TextOrder order,
        @Nullable String notCacheable) {

    /** A column of a built-in type. */
    public ColumnDefinition(
            int attnum,
            String name,
            int typeOid,
            String typeName,
            int typmod,
            boolean notNull,
            TextOrder order,
            @Nullable String notCacheable) {
        this(attnum, name, typeOid, typeName, typmod, notNull, TypeTraits.BUILT_IN, order, notCacheable);
    }

    /** The same column, kept out of the cache for this reason. */
    public ColumnDefinition keptOut(String reason) {
        return new ColumnDefinition(attnum, name, typeOid, typeName, typmod, notNull, traits, order, reason);
    }

    /** How its values are held, or null where they are not. Not for hot paths. */
    public @Nullable TypeCodec codec() {
        return TypeCodecs.of(typeOid, typmod, traits);
    }
}
