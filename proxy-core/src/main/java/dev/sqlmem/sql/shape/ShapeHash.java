package dev.sqlmem.sql.shape;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.concurrent.ThreadLocalRandom;

/** A 64-bit hash of bytes, eight at a time; seeded anew in each process, so that clients can't aim at one bucket. */
final class ShapeHash {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SEED = ThreadLocalRandom.current().nextLong();
    private static final long MULTIPLIER = ThreadLocalRandom.current().nextLong() | 1;

    private ShapeHash() {}

    static long of(byte[] bytes, int length) {
        long hash = SEED ^ length;
        int i = 0;
        for (; i + 8 <= length; i += 8) {
            hash = mix(hash ^ (long) LONGS.get(bytes, i));
        }
        long tail = 0;
        for (; i < length; i++) {
            tail = tail << 8 | (bytes[i] & 0xff);
        }
        return mix(mix(hash ^ tail));
    }

    private static long mix(long value) {
        long high = Math.multiplyHigh(value, MULTIPLIER);
        return (value * MULTIPLIER ^ high) + 0x9E3779B97F4A7C15L;
    }
}
