/**
 * One load of some columns of one table: a {@link dev.sqlmem.cache.generation.Generation} is an in-memory SQLite database of
 * its own that never changes. A statement takes a lease on it ({@link dev.sqlmem.cache.generation.Leased}) and reads it through
 * a {@link dev.sqlmem.cache.generation.Reader}; several are read together through one connection that is attached to each
 * ({@link dev.sqlmem.cache.generation.GenerationSet}). Its memory is freed with its last lease and counted in the {@link
 * dev.sqlmem.cache.generation.MemoryBudget}.
 */
@NullMarked
package dev.sqlmem.cache.generation;

import org.jspecify.annotations.NullMarked;
