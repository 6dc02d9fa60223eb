package dev.sqlmem.wire.type;

/** The length check of fixed-size binary values. */
public final class Lengths {
    private Lengths() {}

    public static void requireExact(int length, int expected) {
        if (length != expected) {
            throw new NotExactException("a binary value of the wrong length");
        }
    }
}
