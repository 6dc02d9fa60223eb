package dev.sqlmem.snapshot;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The form of a cache file, all numbers in network order:
 *
 * <pre>
 *   header     {@value #HEADER_BYTES} bytes: magic, version, number of marks, position, length and checksum of the
 *              directory, checksum of the header so far
 *   marks      one byte a table: {@value #LIVE} while its data may be used; anything else: no longer
 *   pages      of each table, one table after the other
 *   directory  of each table: database, mark, position, length and checksum of its pages, and what the cache
 *              must know of them
 * </pre>
 *
 * The file ends with the directory. The marks are outside of the checksums, since they change afterwards; a
 * mark that is damaged is, but for one case in 256, one that says no.
 */
final class Layout {
    /** To be raised whenever a stored value of any type is stored otherwise, or this layout changes. */
    static final int VERSION = 2;

    static final byte[] MAGIC = "SQLmem cache.db\n".getBytes(StandardCharsets.US_ASCII);
    static final int HEADER_BYTES = 64;
    static final byte LIVE = 0x4C;

    private static final int CHECKED_BYTES = HEADER_BYTES - Long.BYTES;

    private Layout() {}

    /** The header's fields. */
    record Header(int marks, long directory, int directoryBytes, long directoryChecksum) {

        byte[] encode() {
            ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES);
            bytes.put(MAGIC)
                    .putInt(VERSION)
                    .putInt(marks)
                    .putLong(directory)
                    .putInt(directoryBytes)
                    .putLong(directoryChecksum);
            bytes.putLong(CHECKED_BYTES, Checksum.of(bytes.array(), CHECKED_BYTES));
            return bytes.array();
        }

        static Header decode(byte[] header, long fileBytes) throws DamagedFileException, ForeignFileException {
            ByteBuffer bytes = ByteBuffer.wrap(header);
            byte[] magic = new byte[MAGIC.length];
            bytes.get(magic);
            if (!Arrays.equals(magic, MAGIC)) {
                throw new ForeignFileException("it is no cache file of SQLmem");
            }
            int version = bytes.getInt();
            Header read = new Header(bytes.getInt(), bytes.getLong(), bytes.getInt(), bytes.getLong());
            if (bytes.getLong(CHECKED_BYTES) != Checksum.of(header, CHECKED_BYTES)) {
                throw new DamagedFileException("its header is damaged");
            }
            if (version != VERSION) {
                throw new ForeignFileException("it has format version " + version + ", not " + VERSION);
            }
            if (read.directory + read.directoryBytes != fileBytes) {
                throw new DamagedFileException(
                        "it has " + fileBytes + " bytes, not " + (read.directory + read.directoryBytes));
            }
            return read;
        }
    }
}
