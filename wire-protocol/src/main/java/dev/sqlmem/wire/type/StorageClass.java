package dev.sqlmem.wire.type;

/** The SQLite storage class that holds a type's values. */
public enum StorageClass {
    INTEGER,
    TEXT,
    BLOB
}
