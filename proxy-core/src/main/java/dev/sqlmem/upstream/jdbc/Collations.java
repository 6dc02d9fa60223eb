package dev.sqlmem.upstream.jdbc;

import dev.sqlmem.catalog.TextOrder;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what a collation allows (manual, "Collation Support"), and where its locale is to be found. */
final class Collations {

    private static final Set<String> BYTEWISE_LIBC = Set.of("c", "posix", "c.utf-8", "c.utf8");
    private static final Set<String> BYTEWISE_BUILTIN = Set.of("C", "C.UTF-8", "C.UTF8", "PG_UNICODE_FAST");

    /** Languages in which {@code i} and {@code I} are one letter in two cases; in others they may not be. */
    private static final Set<String> PLAIN_LANGUAGES = Set.of(
            "c", "posix", "und", "", "bg", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "eu", "fi", "fr", "ga",
            "gl", "he", "hr", "hu", "id", "is", "it", "ja", "ko", "lt", "lv", "mk", "nb", "nl", "nn", "no", "pl", "pt",
            "ro", "ru", "sk", "sl", "sq", "sr", "sv", "th", "uk", "vi", "zh");

    private Collations() {}

    /**
     * Whether upper and lower case of ASCII letters are what they are in English, by provider and locale; the
     * locale of the libc provider is {@code ctype}.
     */
    static boolean plainCase(@Nullable String provider, @Nullable String locale, @Nullable String ctype) {
        if ("b".equals(provider)) {
            return true;
        }
        String named;
        if ("c".equals(provider)) {
            named = ctype;
        } else {
            named = locale;
        }
        return named != null
                && PLAIN_LANGUAGES.contains(named.toLowerCase(Locale.ROOT).split("[-_.@]", 2)[0]);
    }

    /** Returns the SQL for the provider of the database {@code d}: pg_database has it since 15. */
    static String databaseProvider(int majorVersion) {
        if (majorVersion >= 15) {
            return "d.datlocprovider";
        }
        return "'c'";
    }

    /** Returns the SQL for the default locale of the database {@code d}. */
    static String databaseLocale(int majorVersion) {
        return locale(majorVersion, "d.datlocprovider", "d.datcollate", "d.daticulocale", "d.datlocale");
    }

    /** Returns the SQL for the locale of the collation {@code co}. */
    static String collationLocale(int majorVersion) {
        return locale(majorVersion, "co.collprovider", "co.collcollate", "co.colliculocale", "co.colllocale");
    }

    /** Returns the SQL for what the collation of {@code attcollation} compares by, at this moment and in this session. */
    static String version(int majorVersion) {
        String database;
        if (majorVersion >= 15) {
            database = "pg_database_collation_actual_version(d.oid)";
        } else {
            database = "(SELECT pg_collation_actual_version(oid) FROM pg_collation"
                    + " WHERE collprovider = 'c' AND collcollate LIKE '%\\_%' LIMIT 1)";
        }
        return "coalesce(CASE attcollation WHEN 0 THEN '' WHEN 100 THEN " + database
                + " ELSE pg_collation_actual_version(attcollation) END,"
                + " concat('server started ', pg_postmaster_start_time()))";
    }

    /** Decides by provider (c, i, b) and locale; all others, {@code d} too, are unknown. */
    static TextOrder order(@Nullable String provider, @Nullable String locale, boolean deterministic, boolean utf8) {
        if (!deterministic) {
            return TextOrder.NONDETERMINISTIC;
        }
        if (provider == null || locale == null || !utf8) {
            return TextOrder.UNKNOWN;
        }
        boolean bytewise = switch (provider) {
            case "c" -> BYTEWISE_LIBC.contains(locale.toLowerCase(Locale.ROOT));
            case "b" -> BYTEWISE_BUILTIN.contains(locale);
            default -> false;
        };
        if (bytewise) {
            return TextOrder.CODE_POINT;
        }
        return TextOrder.UNKNOWN;
    }

    private static String locale(int majorVersion, String provider, String libc, String icu, String any) {
        if (majorVersion >= 17) {
            return "CASE WHEN " + provider + " = 'c' THEN " + libc + "::text ELSE " + any + "::text END";
        }
        if (majorVersion >= 15) {
            return "CASE WHEN " + provider + " = 'c' THEN " + libc + "::text ELSE " + icu + "::text END";
        }
        return libc + "::text";
    }
}
