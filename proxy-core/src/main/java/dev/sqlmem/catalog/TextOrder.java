package dev.sqlmem.catalog;

/** What the collation of a column allows SQLite to do with its values. */
public enum TextOrder {
    /** The type has no collation. */
    NOT_TEXT,
    /** Order is that of the UTF-8 bytes (C, POSIX, ucs_basic, C.UTF-8, the builtin provider). */
    CODE_POINT,
    /** Equality is bytewise, order is the server's own (libc, ICU): see {@link OrderKey}. */
    UNKNOWN,
    /** Not even equality is bytewise (nondeterministic ICU collations). */
    NONDETERMINISTIC
}
