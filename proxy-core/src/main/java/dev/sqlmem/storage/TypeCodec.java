package dev.sqlmem.storage;

import dev.sqlmem.wire.type.TextSettings;

/** How one PostgreSQL type is stored and how it looks on the wire. Stateless and shared by all threads. */
public abstract sealed class TypeCodec permits IntegerCodec, RealCodec, BytesCodec {

    /** The type's OID. */
    public abstract int oid();

    /** The type's {@code typlen}, as RowDescription reports it. */
    public abstract short length();

    /** The SQLite storage class of a stored value. */
    public abstract StorageClass storage();

    /** What SQLite may do with two stored values in place of the server. */
    public enum Comparison {
        /** Equality and order of stored values are those of PostgreSQL (text: under a code point order). */
        ORDERED,
        /** Only equality is. */
        EQUAL,
        /** Neither: such a column is only written out, counted, and asked for null. */
        NONE
    }

    /** What stored values can be compared for. */
    public Comparison comparison() {
        return Comparison.ORDERED;
    }

    /**
     * Whether equal values look the same on the wire. Where they may not (1.1 and 1.10), a column is not
     * written out by DISTINCT, GROUP BY, min, max and set operations: SQL leaves open which one it is.
     */
    public boolean isIdentity() {
        return true;
    }

    /**
     * Whether values are written from another form than the one that is compared: the wire's bytes, which are
     * stored beside it (see {@link KeyedCodec}).
     */
    public boolean isKeyed() {
        return false;
    }

    /** Whether the text form can be written exactly under these settings; the binary one depends on none. */
    public boolean writesText(TextSettings settings) {
        return true;
    }

    /** What of a session's settings shapes the text form. */
    public TextDependence textDependence() {
        return TextDependence.NONE;
    }

    /** Whether the text form depends on the session's time zone. */
    public boolean isZoned() {
        return false;
    }

    /**
     * Whether values are rows, of which IS NULL and IS NOT NULL ask whether all fields are (manual, "Comparison
     * Functions and Operators"): that is not to be had from stored ones.
     */
    public boolean isRow() {
        return false;
    }

    /** Whether a load must bring the type's text form as well, since it cannot be had from the binary one. */
    public boolean needsText() {
        return false;
    }
}
