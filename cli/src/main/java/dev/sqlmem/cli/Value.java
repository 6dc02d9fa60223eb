package dev.sqlmem.cli;

import dev.sqlmem.settings.ConfigurationException;
import dev.sqlmem.settings.Flag;

/**
 * The text of one setting and where it came from.
 *
 * @param source {@code flag}, {@code environment} or {@code .env}
 */
record Value(Flag flag, String text, String source) {
    /** A mistake in this value, told with the place where it can be mended. */
    ConfigurationException mistake(String problem) {
        String where;
        if (source.equals("flag")) {
            where = flag.option();
        } else {
            where = flag.variable() + " (" + source + ")";
        }
        return new ConfigurationException(where + ": " + problem);
    }
}
