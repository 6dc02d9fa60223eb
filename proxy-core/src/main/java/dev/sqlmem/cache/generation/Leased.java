package dev.sqlmem.cache.generation;

import java.util.List;

/**
 * What one statement reads: the generation of its table, or those of its tables together. Whoever holds
 * it has a lease on each of them until {@link #release()}, and touches no reader after that.
 */
public sealed interface Leased permits Generation, GenerationSet {

    /** The generations, in the order in which they were asked for. */
    List<Generation> generations();

    /**
     * A reader for a brief statement on an event loop, until {@link #giveBackInline}.
     *
     * @param slot the loop's number, small
     */
    Reader inlineReader(int slot);

    /** Ends the use of an inline reader, whose statement has been reset. */
    void giveBackInline(int slot, Reader reader);

    /** Lends a reader to a worker thread or a suspended portal, until {@link #giveBack}. */
    Reader borrow();

    /** Takes a borrowed reader back, resetting its statements. Before the lease is returned. */
    void giveBack(Reader reader);

    /** Takes one more lease on each; false, and none, where one of them has been retired. */
    boolean tryAcquire();

    /** The bytes of all pages. */
    long bytes();

    /** Returns the leases. */
    void release();
}
