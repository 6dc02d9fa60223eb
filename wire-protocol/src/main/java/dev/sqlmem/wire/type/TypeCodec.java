package dev.sqlmem.wire.type;

/** How one PostgreSQL type is stored and how it looks on the wire. Stateless and shared by all threads. */
public abstract sealed class TypeCodec permits IntegerCodec, BytesCodec {

    /** The type's OID. */
    public abstract int oid();

    /** The type's {@code typlen}, as RowDescription reports it. */
    public abstract short length();

    /** The SQLite storage class of a stored value. */
    public abstract StorageClass storage();
}
