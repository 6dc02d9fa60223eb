package dev.sqlmem.storage;

/** The SQLite storage class that holds a type's values. */
public enum StorageClass {
    INTEGER,
    /** A double; NaN, which SQLite takes for null, is the text {@code NaN}, greater than every number. */
    REAL,
    TEXT,
    BLOB
}
