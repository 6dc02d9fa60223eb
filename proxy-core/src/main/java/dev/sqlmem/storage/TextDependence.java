package dev.sqlmem.storage;

/** What of a session's settings the text form of a type depends on, from the least on. */
public enum TextDependence {
    NONE,
    /** {@code extra_float_digits}. */
    FLOATS,
    /** DateStyle, IntervalStyle, TimeZone, bytea_output, search_path, or what is not known. */
    SETTINGS
}
