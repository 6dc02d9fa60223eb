package dev.sqlmem.upstream.jdbc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * Turns the CopyData messages of a binary COPY into rows. The server sends a row a message (manual,
 * "Message Flow", "COPY Operations"); its header comes with the first of them or alone, the trailer
 * alone, or with the header where there is no row.
 */
final class BinaryCopyStream {

    private static final byte[] SIGNATURE = "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final int FIXED_HEADER = SIGNATURE.length + 8;
    private static final short TRAILER = -1;

    private final int columns;
    private final TupleConsumer consumer;

    private boolean headerSeen;
    private boolean trailerSeen;
    private long rows;

    BinaryCopyStream(int columns, TupleConsumer consumer) {
        this.columns = columns;
        this.consumer = consumer;
    }

    /** Takes the content of one CopyData message, which it may pass on. */
    void message(byte[] message) throws SQLException {
        if (headerSeen) {
            row(message);
            return;
        }
        headerSeen = true;
        int header = headerLength(message);
        if (header < message.length) {
            row(Arrays.copyOfRange(message, header, message.length));
        }
    }

    /** Returns the number of rows, the stream being at its end. */
    long finish() throws SQLException {
        if (!trailerSeen) {
            throw malformed("it ended without its trailer");
        }
        return rows;
    }

    private void row(byte[] tuple) throws SQLException {
        if (trailerSeen || tuple.length < 2) {
            throw malformed("unexpected data");
        }
        short fields = (short) (tuple[0] << 8 | (tuple[1] & 0xff));
        if (fields == TRAILER && tuple.length == 2) {
            trailerSeen = true;
            return;
        }
        if (fields != columns) {
            throw malformed("a row of " + fields + " fields instead of " + columns);
        }
        rows++;
        consumer.tuple(tuple);
    }

    private static int headerLength(byte[] message) throws SQLException {
        if (message.length < FIXED_HEADER
                || !Arrays.equals(message, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
            throw malformed("it lacks its signature");
        }
        ByteBuffer header = ByteBuffer.wrap(message, SIGNATURE.length, 8);
        int flags = header.getInt();
        int extension = header.getInt();
        if (flags != 0 || extension < 0 || extension > message.length - FIXED_HEADER) {
            throw malformed("unknown header flags or extension");
        }
        return FIXED_HEADER + extension;
    }

    private static SQLException malformed(String what) {
        return new SQLException("not the binary COPY format: " + what, "08P01");
    }
}
