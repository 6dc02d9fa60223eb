package dev.sqlmem.cache;

/** What became of a request to load a table. */
public sealed interface LoadOutcome {

    /**
     * The columns are there; {@link TableCache#acquire} finds them unless they have left again.
     *
     * @param generation the generation that holds them
     * @param rows how many rows it has
     */
    record Loaded(long generation, long rows) implements LoadOutcome {}

    /**
     * They are not and will not be for a while.
     *
     * @param reason why, for people
     */
    record Refused(String reason) implements LoadOutcome {}
}
