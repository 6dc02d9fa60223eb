package dev.sqlmem.admin;

/**
 * How many statements went upstream for one class of reasons.
 *
 * @param reason the class, a name of a closed set
 * @param text its meaning, for people
 * @param count how many
 */
public record RelayReport(String reason, String text, long count) {}
