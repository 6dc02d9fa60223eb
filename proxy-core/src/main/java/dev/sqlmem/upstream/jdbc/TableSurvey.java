package dev.sqlmem.upstream.jdbc;

/**
 * A table of the upstream database as an operator should know of it.
 *
 * @param name with its schema
 * @param bytes on the server's disk, without indexes; partitions included
 * @param readable whether the service account may read at least one column
 * @param rowSecurity whether row-level security is on, for which the cache leaves it alone
 */
public record TableSurvey(String name, long bytes, boolean readable, boolean rowSecurity) {}
