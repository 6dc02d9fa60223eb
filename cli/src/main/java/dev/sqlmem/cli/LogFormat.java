package dev.sqlmem.cli;

import java.util.Arrays;
import java.util.Locale;

/** How a log line is written: both in one line, with the time as ISO 8601 has it. */
enum LogFormat {
    /** For people. A failure of the program's own is followed by its stack trace. */
    TEXT("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{1} %enc{%message}{CRLF}%n%throwable"),

    /** One JSON object a line, the stack trace within it. */
    JSON("{\"time\":\"%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX}\",\"level\":\"%level\",\"logger\":\"%logger\","
            + "\"thread\":\"%enc{%thread}{JSON}\",\"message\":\"%enc{%message}{JSON}\""
            + "%notEmpty{,\"error\":\"%enc{%throwable}{JSON}\"}}%n");

    private final String pattern;

    LogFormat(String pattern) {
        this.pattern = pattern;
    }

    /** The format as Log4j's PatternLayout has it. */
    String pattern() {
        return pattern;
    }

    /**
     * Reads {@code text} or {@code json}.
     *
     * @throws IllegalArgumentException when the text is neither
     */
    static LogFormat parse(String text) {
        return Arrays.stream(values())
                .filter(format -> format.toString().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("\"" + text + "\" is no log format; there are text and json"));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
