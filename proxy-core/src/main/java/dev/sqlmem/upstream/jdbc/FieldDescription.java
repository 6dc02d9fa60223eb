package dev.sqlmem.upstream.jdbc;

/**
 * One field of a RowDescription (manual, "Message Formats"), its format code aside.
 *
 * @param name the column's name, as is
 * @param tableOid the OID of the table it comes from, or 0
 * @param attnum the attribute number there, or 0
 * @param typeOid the type's OID; the base type's for a domain
 * @param typeLength {@code typlen}; negative for variable-width types
 * @param typmod the type modifier, or -1
 */
public record FieldDescription(String name, long tableOid, int attnum, int typeOid, int typeLength, int typmod) {}
