package dev.sqlmem.upstream.jdbc;

import java.sql.SQLException;

/** Takes the rows of a COPY in binary format, one by one, on the thread that copies. */
@FunctionalInterface
public interface TupleConsumer {

    /**
     * Takes one row: a two-byte field count, then for each field a four-byte length (-1: null) and the
     * value in the type's binary form. The array is the consumer's own.
     *
     * @throws SQLException or any unchecked exception to end the COPY; it reaches the caller as it is
     */
    void tuple(byte[] tuple) throws SQLException;
}
