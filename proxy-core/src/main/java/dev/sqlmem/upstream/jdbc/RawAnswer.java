package dev.sqlmem.upstream.jdbc;

import java.util.List;

/**
 * The server's answer to a {@link Question}, in text format.
 *
 * @param fields the columns
 * @param rows each as a DataRow frame (manual, "Message Formats"); not to be changed
 * @param error the SQLSTATE of the error that the statement raised, empty where it raised none
 */
public record RawAnswer(List<FieldDescription> fields, List<byte[]> rows, String error) {

    public RawAnswer {
        fields = List.copyOf(fields);
        rows = List.copyOf(rows);
    }
}
