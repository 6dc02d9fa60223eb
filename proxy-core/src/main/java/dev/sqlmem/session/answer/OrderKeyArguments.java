package dev.sqlmem.session.answer;

import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.cache.generation.Leased;
import dev.sqlmem.cache.generation.Reader;
import dev.sqlmem.database.Database;
import dev.sqlmem.session.answer.Arguments.Placed;
import dev.sqlmem.wire.type.NotExactException;

/**
 * Finds the places of texts in the orders of the generations that a statement reads. Where one is not known
 * yet, the statement goes upstream this time, and the place is asked for meanwhile.
 */
public final class OrderKeyArguments {
    private static final String UNKNOWN =
            "where the value lies in the column's order is not known yet; it is being asked upstream";

    private OrderKeyArguments() {}

    /**
     * Returns the arguments for these generations, on an event loop.
     *
     * @throws NotExactException where a place is not known
     */
    public static Arguments inline(Arguments arguments, Leased leased, int slot, Database database) {
        if (arguments.placed().isEmpty()) {
            return arguments;
        }
        Arguments here = arguments.copy();
        for (Placed each : arguments.placed()) {
            Generation generation = generation(leased, each);
            if (!set(here, each, generation, generation.inlineReader(slot))) {
                database.locate(generation, each.order().key(), each.utf8());
                throw new NotExactException(UNKNOWN);
            }
        }
        return here;
    }

    /** The same on a worker, where nothing is asked for. */
    public static Arguments borrowing(Arguments arguments, Leased leased) {
        if (arguments.placed().isEmpty()) {
            return arguments;
        }
        Arguments here = arguments.copy();
        for (Placed each : arguments.placed()) {
            Generation generation = generation(leased, each);
            Reader reader = generation.borrow();
            try {
                if (!set(here, each, generation, reader)) {
                    throw new NotExactException(UNKNOWN);
                }
            } finally {
                generation.giveBack(reader);
            }
        }
        return here;
    }

    private static boolean set(Arguments here, Placed each, Generation generation, Reader reader) {
        Number place = generation.places().of(reader, each.order().key(), each.utf8());
        if (place instanceof Long key) {
            here.setLong(each.index(), key);
        } else if (place != null) {
            here.setDouble(each.index(), place.doubleValue());
        }
        return place != null;
    }

    private static Generation generation(Leased leased, Placed of) {
        for (Generation generation : leased.generations()) {
            if (generation.table().oid() == of.order().table()) {
                return generation;
            }
        }
        throw new IllegalStateException("a place in a table that is not read");
    }
}
