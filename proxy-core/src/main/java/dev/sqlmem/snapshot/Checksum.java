package dev.sqlmem.snapshot;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/**
 * CRC-32C and CRC-32 side by side, as one number. Each finds every burst of up to 32 bits, and what chance
 * makes of the rest passes both once in 2^64. The processor has instructions for them: a gigabyte takes
 * about a tenth of a second. It is no defence against someone who may write to the file.
 */
final class Checksum {
    private final CRC32C castagnoli = new CRC32C();
    private final CRC32 ieee = new CRC32();

    static long of(byte[] bytes, int length) {
        Checksum checksum = new Checksum();
        checksum.update(ByteBuffer.wrap(bytes, 0, length));
        return checksum.value();
    }

    /** Adds the buffer's remaining bytes; its position stays. */
    void update(ByteBuffer bytes) {
        castagnoli.update(bytes.duplicate());
        ieee.update(bytes.duplicate());
    }

    long value() {
        return castagnoli.getValue() << 32 | ieee.getValue();
    }
}
