package dev.sqlmem.plan;

import dev.sqlmem.storage.TypeCodec;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of the SQLite statement and where its value comes from.
 *
 * @param source whether the value is a literal of the text or a parameter of the protocol
 * @param slot the literal's slot or the parameter's number, both from 0
 * @param conversion how its bytes become a stored value
 * @param codec the codec of the value's own type
 * @param typmod the type modifier of the column that it meets
 * @param scale for {@link Conversion#DECIMAL}: the scale of the unscaled integers that it meets; for {@link
 *     Conversion#PATTERN}: the escape character
 * @param negate whether a minus sign stands before the literal
 * @param order for {@link Conversion#PLACE}: the order in which the value's place is looked for
 */
public record Binding(
        Source source,
        int slot,
        Conversion conversion,
        TypeCodec codec,
        int typmod,
        int scale,
        boolean negate,
        @Nullable OrderKeyOf order) {

    /** A value whose place in no order counts. */
    public Binding(
            Source source, int slot, Conversion conversion, TypeCodec codec, int typmod, int scale, boolean negate) {
        this(source, slot, conversion, codec, typmod, scale, negate, null);
    }

    /**
     * The order of a column.
     *
     * @param table the table's OID
     * @param key the attribute number of the column's {@link dev.sqlmem.catalog.OrderKey}
     */
    public record OrderKeyOf(long table, int key) {}

    /** The place of the same value in an order. */
    public Binding placeIn(OrderKeyOf in) {
        return new Binding(source, slot, Conversion.PLACE, codec, typmod, scale, negate, in);
    }

    /** The same with another conversion. */
    public Binding with(Conversion other) {
        return new Binding(source, slot, other, codec, typmod, scale, negate);
    }

    /** The same as a part of a LIKE pattern. */
    public Binding asPattern(char escape) {
        return new Binding(source, slot, Conversion.PATTERN, codec, typmod, escape, negate);
    }

    /** Where a value comes from. */
    public enum Source {
        LITERAL,
        PARAMETER
    }

    /** How a value becomes what SQLite compares. */
    public enum Conversion {
        /** The codec reads it into the column's stored form. */
        CODEC,
        /**
         * A number met by unscaled integers: exact at the column's scale or else half way between its
         * neighbours, so that it equals no stored value and keeps the order.
         */
        DECIMAL,
        /** An integer that divides: neither 0, for which the server raises an error, nor -1, for which it may. */
        DIVISOR,
        /** A date in the years 1 to 9999. */
        COMMON_DATE,
        /** A timestamp in these years. */
        COMMON_TIME,
        /** An integer that is not negative. */
        NOT_NEGATIVE,
        /** An array; it becomes JSON, whose elements are what the codec reads, bytes in hex. */
        LIST,
        /** A number met by doubles: the nearest one. */
        FLOAT,
        /** A number met by numerics of any scale: their key. */
        NUMERIC_KEY,
        /** A LIKE pattern; one that ends in an unpaired escape is not for the cache. */
        PATTERN,
        /** What the codec reads has its place among the values of a column; that is what is bound. */
        PLACE,
        /** A row count; null means no limit. */
        LIMIT,
        /** A number of rows to skip; null means none. */
        OFFSET
    }
}
