package dev.sqlmem.storage;

/**
 * A type with several representations of equal values, or whose bytes do not sort as its values do: it is
 * compared by a key, and written from its wire bytes, which are stored in a column beside the key.
 *
 * <p>Readers return keys; writers take wire bytes, as the type's send function made them.
 */
public abstract class KeyedCodec extends BytesCodec {
    /** The representation of a value that has only one. */
    public static final int ANY_REPRESENTATION = -1;

    /** The representation of a value beside which others may not be relied on to look the same when equal. */
    public static final int NO_REPRESENTATION = -2;

    @Override
    public final StorageClass storage() {
        return StorageClass.BLOB;
    }

    @Override
    public final boolean isKeyed() {
        return true;
    }

    @Override
    public final boolean isIdentity() {
        return false;
    }

    /**
     * A number for the way in which this value is represented. Where all values of a column have the same
     * one, {@link #ANY_REPRESENTATION} left aside, equal values have the same wire bytes.
     *
     * @param wire the wire bytes
     */
    public abstract int representation(byte[] wire);
}
