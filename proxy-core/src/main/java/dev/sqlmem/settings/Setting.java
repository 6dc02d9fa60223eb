package dev.sqlmem.settings;

import dev.sqlmem.report.Report;

/**
 * One configured value: a row of {@code sqlmem.settings}.
 *
 * @param name the flag's name without dashes
 * @param value its value as text, secrets masked
 * @param source where it came from: {@code flag}, {@code environment}, {@code .env}, {@code library}, {@code demo} or
 *     {@code default}
 */
public record Setting(String name, String value, String source) {

    /** The columns of {@code sqlmem.settings}. */
    public static final Report<Setting> REPORT = Report.<Setting>empty()
            .text("name", "the flag's name without dashes", Setting::name)
            .text("value", "what is in force; passwords are masked", Setting::value)
            .text("source", "`flag`, `environment`, `.env`, `library`, `demo` or `default`", Setting::source);
}
