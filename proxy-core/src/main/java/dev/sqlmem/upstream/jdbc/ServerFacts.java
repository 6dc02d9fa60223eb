package dev.sqlmem.upstream.jdbc;

import dev.sqlmem.catalog.TextOrder;
import org.jspecify.annotations.Nullable;

/**
 * What is true of a whole database, and of the server, until it restarts.
 *
 * @param versionNum {@code server_version_num}, 180002 for instance
 * @param database the database's name
 * @param encoding {@code server_encoding}
 * @param collationProvider {@code pg_database.datlocprovider}: c (libc), i (ICU) or b (builtin)
 * @param collation the database's default locale in that provider
 * @param order what that collation allows
 * @param systemIdentifier the cluster's identity, or null where the service account may not read it
 */
public record ServerFacts(
        int versionNum,
        String database,
        String encoding,
        char collationProvider,
        String collation,
        TextOrder order,
        @Nullable String systemIdentifier) {

    /** Returns whether the database stores UTF-8. */
    public boolean isUtf8() {
        return encoding.equals("UTF8");
    }

    /** Returns the major version, 18 for instance. */
    public int majorVersion() {
        return versionNum / 10_000;
    }
}
