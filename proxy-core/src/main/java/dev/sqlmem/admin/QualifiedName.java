package dev.sqlmem.admin;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A table's name as people write it in an argument: {@code orders}, {@code public.orders}, {@code
 * "Odd Name"}; folded like an identifier unless quoted.
 *
 * @param schema the schema, null for any
 * @param name the table's name
 */
record QualifiedName(@Nullable String schema, String name) {
    private static final String PART = "\\s*(\"(?:[^\"]|\"\")+\"|[^\".]+)\\s*";
    private static final Pattern NAME = Pattern.compile("(?:" + PART + "\\.)?" + PART);

    /** Reads the name; what is no name is taken as it stands, and will be found nowhere. */
    static QualifiedName parse(String written) {
        Matcher matcher = NAME.matcher(written);
        if (!matcher.matches()) {
            return new QualifiedName(null, written);
        }
        String schema = matcher.group(1);
        return new QualifiedName(schema == null ? null : part(schema), part(matcher.group(2)));
    }

    private static String part(String written) {
        String trimmed = written.trim();
        if (trimmed.startsWith("\"")) {
            return trimmed.substring(1, trimmed.length() - 1).replace("\"\"", "\"");
        }
        return trimmed.toLowerCase(Locale.ROOT);
    }
}
