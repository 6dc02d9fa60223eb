package dev.sqlmem.wire.type;

/** How one PostgreSQL type is stored and how it looks on the wire. Stateless and shared by all threads. */
public abstract sealed class TypeCodec permits IntegerCodec, BytesCodec {

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
}
