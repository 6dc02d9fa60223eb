package dev.sqlmem.catalog;

import dev.sqlmem.storage.TypeCodec;
import dev.sqlmem.storage.TypeCodecs;
import dev.sqlmem.storage.TypeTraits;
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
 * @param collation the OID of its collation, 0 where the type has none
 * @param collationVersion what the server compares by, where the order is its own and the encoding UTF-8: another
 *     version may order otherwise; else empty
 * @param plainCase whether its collation, and that of the database, map the letters of ASCII as English does
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
        int collation,
        String collationVersion,
        boolean plainCase,
        @Nullable String notCacheable) {
    private static final int DEFAULT_COLLATION = 100;

    /** A column of a built-in type, without collation or with that of the database, which maps case plainly. */
    public ColumnDefinition(
            int attnum,
            String name,
            int typeOid,
            String typeName,
            int typmod,
            boolean notNull,
            TextOrder order,
            @Nullable String notCacheable) {
        this(
                attnum,
                name,
                typeOid,
                typeName,
                typmod,
                notNull,
                TypeTraits.BUILT_IN,
                order,
                order == TextOrder.NOT_TEXT ? 0 : DEFAULT_COLLATION,
                order == TextOrder.UNKNOWN ? "unknown" : "",
                true,
                notCacheable);
    }

    /** The same column, kept out of the cache for this reason. */
    public ColumnDefinition keptOut(String reason) {
        return new ColumnDefinition(
                attnum,
                name,
                typeOid,
                typeName,
                typmod,
                notNull,
                traits,
                order,
                collation,
                collationVersion,
                plainCase,
                reason);
    }

    /** How its values are held, or null where they are not. Not for hot paths. */
    public @Nullable TypeCodec codec() {
        return TypeCodecs.of(typeOid, typmod, traits);
    }
}
