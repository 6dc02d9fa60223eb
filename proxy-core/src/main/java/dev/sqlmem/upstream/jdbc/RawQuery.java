package dev.sqlmem.upstream.jdbc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Field;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Oid;
import org.postgresql.core.ParameterList;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.SqlCommand;
import org.postgresql.core.SqlCommandType;
import org.postgresql.core.Tuple;

/**
 * Runs a client's statement with its parameters as they came. JDBC has no {@code $1} and hides both type
 * OIDs and raw values, so this goes to pgjdbc's query executor, one layer down.
 */
final class RawQuery {
    private static final int FLAGS =
            QueryExecutor.QUERY_ONESHOT | QueryExecutor.QUERY_SUPPRESS_BEGIN | QueryExecutor.QUERY_NO_BINARY_TRANSFER;

    private RawQuery() {}

    /** Runs the statement; the answer has at most {@code maxRows} rows. */
    static RawAnswer run(Connection connection, Question question, int maxRows) throws SQLException {
        QueryExecutor executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
        int count = question.values().size();
        // pgjdbc uses the positions for counting only: the text already has the server's own $1, $2 ...
        NativeQuery text = new NativeQuery(
                question.sql(), new int[count], false, SqlCommand.createStatementTypeInfo(SqlCommandType.SELECT));
        Query query = executor.wrap(List.of(text));
        try {
            ParameterList parameters = query.createParameterList();
            for (int i = 0; i < count; i++) {
                int type = Oid.UNSPECIFIED;
                if (i < question.declared().size()) {
                    type = question.declared().get(i);
                }
                bind(parameters, i + 1, type, question.values().get(i));
            }
            Rows rows = new Rows();
            executor.execute(query, parameters, rows, maxRows, 0, FLAGS);
            return new RawAnswer(Describer.fields(rows.fields), rows.frames, "");
        } finally {
            query.close();
        }
    }

    private static void bind(ParameterList parameters, int index, int type, Question.Value value) throws SQLException {
        byte[] bytes = value.bytes();
        if (bytes == null) {
            parameters.setNull(index, type);
        } else if (value.binary()) {
            parameters.setBinaryParameter(index, bytes, type);
        } else {
            parameters.setStringParameter(index, new String(bytes, StandardCharsets.UTF_8), type);
        }
    }

    private static final class Rows extends ResultHandlerBase {
        private Field[] fields = {};
        private final List<byte[]> frames = new ArrayList<>();

        @Override
        public void handleWarning(SQLWarning warning) {
            // a notice is no part of the answer that is compared
        }

        @Override
        public void handleResultRows(
                Query query, Field[] described, List<Tuple> tuples, @Nullable ResultCursor cursor) {
            fields = described;
            tuples.forEach(tuple -> frames.add(frame(tuple)));
        }

        private static byte[] frame(Tuple tuple) {
            int size = 1 + Integer.BYTES + Short.BYTES;
            for (int i = 0; i < tuple.fieldCount(); i++) {
                byte[] value = tuple.get(i);
                size += Integer.BYTES + (value == null ? 0 : value.length);
            }
            ByteBuffer frame = ByteBuffer.allocate(size);
            frame.put((byte) 'D').putInt(size - 1).putShort((short) tuple.fieldCount());
            for (int i = 0; i < tuple.fieldCount(); i++) {
                byte[] value = tuple.get(i);
                if (value == null) {
                    frame.putInt(-1);
                } else {
                    frame.putInt(value.length).put(value);
                }
            }
            return frame.array();
        }
    }
}
