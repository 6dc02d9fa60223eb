package dev.sqlmem.plan;

import dev.sqlmem.wire.type.Oid;
import java.math.BigInteger;

/**
 * The integers that a result may be; another one means that the server raises an error, or that SQLite
 * has run out of integers.
 *
 * @param low the least, inclusive
 * @param high the greatest, inclusive
 */
public record Range(long low, long high) {
    static final Range INT2 = new Range(Short.MIN_VALUE, Short.MAX_VALUE);
    static final Range INT4 = new Range(Integer.MIN_VALUE, Integer.MAX_VALUE);
    public static final Range INT8 = new Range(Long.MIN_VALUE, Long.MAX_VALUE);

    /** The range of an integer type. */
    public static Range of(int typeOid) {
        return switch (typeOid) {
            case Oid.INT2 -> INT2;
            case Oid.INT4 -> INT4;
            default -> INT8;
        };
    }

    /** Whether every integer up to this magnitude is in it. */
    public boolean holds(BigInteger magnitude) {
        return magnitude.compareTo(BigInteger.valueOf(high)) <= 0
                && magnitude.negate().compareTo(BigInteger.valueOf(low)) >= 0;
    }
}
