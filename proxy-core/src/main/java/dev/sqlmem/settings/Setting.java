package dev.sqlmem.settings;

/**
 * One configured value: a row of {@code sqlmem.settings}.
 *
 * @param name the flag's name without dashes
 * @param value its value as text, secrets masked
 * @param source where it came from: {@code flag}, {@code environment}, {@code .env}, {@code library}, {@code demo} or
 *     {@code default}
 */
public record Setting(String name, String value, String source) {}
