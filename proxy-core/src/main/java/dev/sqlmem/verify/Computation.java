package dev.sqlmem.verify;

import dev.sqlmem.cache.generation.Leased;
import java.util.List;

/** What the cache does to answer a statement, over any generations of its tables. Thread-safe. */
@FunctionalInterface
public interface Computation {

    /**
     * Computes the answer.
     *
     * @param leased the generations, leased by the caller
     * @param mostBytes how many bytes the rows may take
     * @return DataRow frames in text format, or null where there are more bytes than that
     * @throws RuntimeException where the cache would give up
     */
    @org.jspecify.annotations.Nullable
    List<byte[]> rows(Leased leased, long mostBytes);
}
