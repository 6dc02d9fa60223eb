package dev.sqlmem.cache.generation;

import dev.sqlmem.catalog.ColumnDefinition;

/** Why a load did not yield a generation. */
public sealed interface LoadFailure {

    /** The reason, for people. */
    String reason();

    /** Whether the same load without order keys may succeed: they cost the server a sort, and room here. */
    default boolean mayBeForOrder() {
        return this instanceof TooLarge || this instanceof Upstream;
    }

    /** A value of this column can't be held exactly; the other columns can be. */
    record Inexact(ColumnDefinition column, String why) implements LoadFailure {
        @Override
        public String reason() {
            return "column " + column.name() + " holds a value that the cache cannot hold exactly: " + why;
        }
    }

    /** A column's order can't be held; the column itself can be. */
    record NoOrder(ColumnDefinition key, String why) implements LoadFailure {
        @Override
        public String reason() {
            return "the order of column " + key.name() + " is left to the server: " + why;
        }
    }

    /** The key of a table with children is not unique over all of them: to be loaded without relying on it. */
    record RepeatedKey() implements LoadFailure {
        @Override
        public String reason() {
            return "the primary key repeats";
        }
    }

    /** There is no room for it. */
    record TooLarge(String reason) implements LoadFailure {
        public static TooLarge forOneTable() {
            return new TooLarge("the columns take more than 1 GiB, the most one cached table can have");
        }

        /** @param most what it could have, were all evicted that nobody is reading */
        public static TooLarge forBudget(long rows, long bytes, long most) {
            return new TooLarge("too large for the memory limit: " + rows + " rows took " + (bytes >> 10)
                    + " KiB, and with all evicted that is not being read there would be room for "
                    + (Math.max(0, most) >> 10) + " KiB");
        }
    }

    /** There was no free memory to keep its rows, of which we know now what they take: to be loaded into that. */
    record Measured(long rows, long bytes) implements LoadFailure {
        @Override
        public String reason() {
            return "its rows were only measured";
        }
    }

    /** The table changed, or was invalidated, while it was loaded. */
    record Stale() implements LoadFailure {
        @Override
        public String reason() {
            return "the table is changed more often than it can be loaded";
        }
    }

    /** It was to be made of stored pages, and they could not be used: a load may be tried at once. */
    record NotRestored(String reason) implements LoadFailure {}

    /** Anything else. */
    record Upstream(String reason) implements LoadFailure {}
}
