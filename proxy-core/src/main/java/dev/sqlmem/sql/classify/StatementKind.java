package dev.sqlmem.sql.classify;

/** What a statement is to the proxy. */
public enum StatementKind {
    /** Nothing but white space and comments. */
    EMPTY,
    /** A query that the cache may be able to answer: SELECT, WITH … SELECT, VALUES, TABLE. */
    SELECT,
    /** Anything else that reads and is relayed: SHOW, EXPLAIN, COPY … TO STDOUT, cursors, LISTEN … */
    READ,
    /** SET, RESET. */
    SET,
    /** Transaction control. */
    TRANSACTION,
    /** A statement about {@code sqlmem.*}, which never goes upstream. */
    LOCAL,
    /** Whatever writes, may write or isn't known. */
    WRITE
}
