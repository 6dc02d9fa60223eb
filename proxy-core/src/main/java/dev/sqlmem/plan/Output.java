package dev.sqlmem.plan;

import dev.sqlmem.wire.type.TypeCodec;

/**
 * How one column of the result is written.
 *
 * @param codec the codec of the stored value
 * @param typmod the type modifier that the codec writes by (scale, padding)
 * @param nullable whether SQLite can give null here
 * @param stored whether it is a column as it was loaded, which holds what the codec has stored and nothing
 *     else; the storage class of anything else is looked at in each row
 */
public record Output(TypeCodec codec, int typmod, boolean nullable, boolean stored) {

    /** What SQLite computes. */
    public Output(TypeCodec codec, int typmod, boolean nullable) {
        this(codec, typmod, nullable, false);
    }

    /** A column as it was loaded. */
    public static Output stored(TypeCodec codec, int typmod, boolean nullable) {
        return new Output(codec, typmod, nullable, true);
    }
}
