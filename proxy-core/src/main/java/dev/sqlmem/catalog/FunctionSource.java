package dev.sqlmem.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A function, procedure or aggregate that is none of the server's own, as {@code pg_proc} has it.
 *
 * @param oid its OID
 * @param name its name, without schema and arguments
 * @param signature {@code schema.name(types)}, for people
 * @param kind {@code prokind}: f, p, a or w
 * @param language the language's name
 * @param isVolatile whether it is declared as volatile
 * @param extension the extension that it belongs to, or null
 * @param source {@code prosrc}: the body where the language has one as text
 */
public record FunctionSource(
        long oid,
        String name,
        String signature,
        char kind,
        String language,
        boolean isVolatile,
        @Nullable String extension,
        String source) {}
