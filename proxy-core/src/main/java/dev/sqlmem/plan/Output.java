package dev.sqlmem.plan;

import dev.sqlmem.wire.type.TypeCodec;

/**
 * How one column of the result is written.
 *
 * @param codec the codec of the stored value
 * @param typmod the type modifier that the codec writes by (scale, padding)
 * @param nullable whether SQLite can give null here
 */
public record Output(TypeCodec codec, int typmod, boolean nullable) {}
