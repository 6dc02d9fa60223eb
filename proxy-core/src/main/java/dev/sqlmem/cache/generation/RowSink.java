package dev.sqlmem.cache.generation;

import dev.sqlmem.cache.TableSource;

/** Where a {@link TableSource} puts rows. */
@FunctionalInterface
public interface RowSink {

    /**
     * Takes one row and copies what it needs of it before it returns.
     *
     * @param copyTuple one tuple of the binary COPY format: an int16 count of fields, then for each field
     *     an int32 length (-1 for null) and that many bytes (PostgreSQL manual, "COPY", binary format)
     * @throws LoadRefusedException when no more rows are wanted: the source stops and lets it pass through
     */
    void row(byte[] copyTuple) throws LoadRefusedException;
}
