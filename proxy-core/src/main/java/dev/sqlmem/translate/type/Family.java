package dev.sqlmem.translate.type;

import dev.sqlmem.wire.type.Oid;

/** Groups of types whose stored values compare with each other as PostgreSQL compares them. */
public enum Family {
    INTEGER,
    NUMERIC,
    TEXT,
    PADDED,
    OTHER;

    public static Family of(int typeOid) {
        return switch (typeOid) {
            case Oid.INT2, Oid.INT4, Oid.INT8 -> INTEGER;
            case Oid.NUMERIC -> NUMERIC;
            case Oid.TEXT, Oid.VARCHAR -> TEXT;
            case Oid.BPCHAR -> PADDED;
            default -> OTHER;
        };
    }
}
