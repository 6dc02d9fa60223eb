package dev.sqlmem.translate.query;

/**
 * A query inside of another one, and the words that it stands for.
 *
 * @param source its PostgreSQL text
 */
record Subquery(Query query, String source) {}
