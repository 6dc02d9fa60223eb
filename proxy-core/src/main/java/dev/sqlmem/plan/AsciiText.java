package dev.sqlmem.plan;

import dev.sqlmem.cache.generation.Generation;
import java.util.List;

/**
 * A text column in which nothing may be beyond ASCII: SQLite knows the upper and lower case of no other letters.
 * Each generation knows whether that is so.
 */
public record AsciiText(long tableOid, int attnum) {

    boolean holds(List<Generation> generations) {
        for (Generation generation : generations) {
            if (generation.table().oid() == tableOid) {
                return generation.facts(attnum).allAscii();
            }
        }
        return false;
    }
}
