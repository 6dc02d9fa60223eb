package dev.sqlmem.verify;

import dev.sqlmem.cache.Generation;
import dev.sqlmem.database.Database;
import dev.sqlmem.plan.Read;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.upstream.Question;

/**
 * An answer that the cache has given.
 *
 * @param generation what it was computed from, with a lease that goes to the verifier
 * @param epoch the epoch of the catalogs in which it was given
 */
public record Sample(
        Database database,
        ShapeEntry entry,
        Read read,
        Question question,
        Computation computation,
        Generation generation,
        int epoch) {}
