package dev.sqlmem.upstream.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.Arrays;
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
 * Sends Parse and Describe without Bind and Execute. JDBC's metadata hides type OIDs and modifiers, so
 * this goes to pgjdbc's query executor, one layer down.
 */
final class Describer {

    private static final int UNKNOWN = 705;
    private static final int MAX_PARAMETERS = 65_535;
    private static final int FLAGS =
            QueryExecutor.QUERY_DESCRIBE_ONLY | QueryExecutor.QUERY_ONESHOT | QueryExecutor.QUERY_SUPPRESS_BEGIN;

    private Describer() {}

    static Description describe(Connection connection, String sql, int[] parameterTypeOids) throws SQLException {
        int count = Math.max(Placeholders.highest(sql), parameterTypeOids.length);
        if (count > MAX_PARAMETERS) {
            throw new SQLException("a statement has at most " + MAX_PARAMETERS + " parameters", "54000");
        }
        QueryExecutor executor = connection.unwrap(BaseConnection.class).getQueryExecutor();
        // pgjdbc uses the positions for counting only: the text already has the server's own $1, $2 ...
        NativeQuery text =
                new NativeQuery(sql, new int[count], false, SqlCommand.createStatementTypeInfo(SqlCommandType.BLANK));
        Query query = executor.wrap(List.of(text));
        try {
            ParameterList parameters = query.createParameterList();
            for (int i = 0; i < count; i++) {
                parameters.setNull(i + 1, i < parameterTypeOids.length ? hint(parameterTypeOids[i]) : Oid.UNSPECIFIED);
            }
            FieldCapture capture = new FieldCapture();
            executor.execute(query, parameters, capture, 0, 0, FLAGS);
            List<Integer> types =
                    Arrays.stream(parameters.getTypeOIDs()).boxed().toList();
            return new Description(capture.fields, types, capture.noticed);
        } finally {
            query.close();
        }
    }

    /** Takes over what pgjdbc has read of a RowDescription. */
    static List<FieldDescription> fields(Field[] described) {
        List<FieldDescription> fields = new ArrayList<>(described.length);
        for (Field field : described) {
            fields.add(new FieldDescription(
                    field.getColumnLabel(),
                    Integer.toUnsignedLong(field.getTableOid()),
                    field.getPositionInTable(),
                    field.getOID(),
                    field.getLength(),
                    field.getMod()));
        }
        return fields;
    }

    /** To the server {@code unknown} means unspecified, and it answers with what it found instead. */
    private static int hint(int typeOid) {
        if (typeOid == UNKNOWN) {
            return Oid.UNSPECIFIED;
        }
        return typeOid;
    }

    private static final class FieldCapture extends ResultHandlerBase {
        private List<FieldDescription> fields = List.of();
        private boolean noticed;

        @Override
        public void handleWarning(SQLWarning warning) {
            noticed = true;
        }

        @Override
        public void handleResultRows(
                Query query, Field[] described, List<Tuple> tuples, @Nullable ResultCursor cursor) {
            fields = fields(described);
        }
    }
}
