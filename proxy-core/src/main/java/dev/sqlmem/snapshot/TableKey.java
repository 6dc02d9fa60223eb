package dev.sqlmem.snapshot;

/** A table of any of the upstream server's databases. */
public record TableKey(String database, long oid) {}
