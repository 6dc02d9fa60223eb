/**
 * The tables in memory: loads them, hands them out, lets them go.
 *
 * <p>A {@link dev.sqlmem.cache.Generation} is one load of some columns of one table, in an in-memory
 * SQLite database of its own that never changes. {@link dev.sqlmem.cache.TableCache} knows the current
 * generation of each table of one upstream database; it loads a wider one when statements ask for more
 * columns, one load per table at a time, and publishes it by swapping a reference, so that no reader
 * ever waits for a loader. A statement takes a lease on the generation it reads and gives it back after
 * its last row; a generation that has left the cache frees its memory with its last lease. A statement
 * over several tables leases all their generations and reads them through one connection that is attached
 * to each ({@link dev.sqlmem.cache.GenerationSet}). {@link dev.sqlmem.cache.MemoryBudget} bounds the memory of all of them and evicts the least recently used.
 *
 * <p>Only this package knows {@code org.sqlite}. It goes below JDBC, to the statement functions of
 * SQLite itself: a cell costs half of what it costs through a ResultSet.
 */
@NullMarked
package dev.sqlmem.cache;

import org.jspecify.annotations.NullMarked;
