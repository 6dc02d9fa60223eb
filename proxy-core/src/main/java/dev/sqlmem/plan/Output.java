package dev.sqlmem.plan;

import dev.sqlmem.storage.TypeCodec;
import org.jspecify.annotations.Nullable;

/**
 * How one column of the result is written.
 *
 * @param codec the codec of the stored value
 * @param typmod the type modifier that the codec writes by (scale, padding)
 * @param nullable whether SQLite can give null here
 * @param stored whether it is a column as it was loaded, which holds what the codec has stored and nothing
 *     else; the storage class of anything else is looked at in each row
 * @param column the column of SQLite's result that holds it, from 0
 * @param finish what is done to the value on its way out, null: nothing
 */
public record Output(
        TypeCodec codec,
        int typmod,
        boolean nullable,
        boolean stored,
        int column,
        @Nullable Finish finish) {

    /** What SQLite computes, as its first column. */
    public Output(TypeCodec codec, int typmod, boolean nullable) {
        this(codec, typmod, nullable, false);
    }

    /** SQLite's first column. */
    public Output(TypeCodec codec, int typmod, boolean nullable, boolean stored) {
        this(codec, typmod, nullable, stored, 0, null);
    }

    /** What SQLite leaves to be done when a row is written. */
    public sealed interface Finish {

        /** The value must be an integer in this range, else the answer is not for the cache. */
        record Check(Range range) implements Finish {}

        /**
         * A numeric at this scale, shown with the fewer fraction digits that the next column tells.
         *
         * @param scale the scale of the value
         */
        record Rescale(int scale) implements Finish {}

        /**
         * A numeric division by the next column.
         *
         * @param dividendScale the scale of the value
         * @param divisorScale that of the next column
         * @param zeroIsNull whether a divisor of zero gives null and not an error
         * @param digits the number of fraction digits to round to, -1: as the division has them
         */
        record Divide(int dividendScale, int divisorScale, boolean zeroIsNull, int digits) implements Finish {}
    }
}
