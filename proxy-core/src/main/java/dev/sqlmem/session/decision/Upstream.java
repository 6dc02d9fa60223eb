package dev.sqlmem.session.decision;

/** What a decision must know of the client's upstream session. Belongs to the event loop. */
public interface Upstream {
    /** Whether it owes no response. */
    boolean isQuiet();

    /** Whether it has received messages of the extended protocol that no Sync has followed yet. */
    boolean isBatchOpen();
}
