package dev.sqlmem.verify;

import dev.sqlmem.cache.generation.Leased;
import dev.sqlmem.database.Database;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.plan.TranslatedQuery;
import dev.sqlmem.upstream.jdbc.Question;

/**
 * An answer that the cache has given.
 *
 * @param leased what it was computed from, with leases that go to the verifier
 * @param epoch the epoch of the catalogs in which it was given
 */
public record Sample(
        Database database,
        ShapeEntry entry,
        TranslatedQuery read,
        Question question,
        Computation computation,
        Leased leased,
        int epoch) {}
