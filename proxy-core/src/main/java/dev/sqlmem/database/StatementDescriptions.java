package dev.sqlmem.database;

import dev.sqlmem.plan.Described;
import dev.sqlmem.upstream.jdbc.Description;
import dev.sqlmem.upstream.jdbc.FieldDescription;
import dev.sqlmem.upstream.jdbc.ServiceDatabase;
import dev.sqlmem.wire.message.RowDescription.Field;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Asks the server to describe statements. */
final class StatementDescriptions {
    /** Syntax errors, unknown names, wrong types: about the statement, whatever its values are. */
    private static final String WRONG_STATEMENT = "42";

    private StatementDescriptions() {}

    /**
     * Describes a statement.
     *
     * @throws SQLException where nothing can be said of the shape: no connection, a lock, a bad value
     */
    static Described describe(ServiceDatabase service, String searchPath, String sql, List<Integer> declared)
            throws SQLException {
        try {
            int[] types = declared.stream().mapToInt(Integer::intValue).toArray();
            Description description = service.describe(searchPath, sql, types);
            List<Field> fields = new ArrayList<>();
            for (FieldDescription field : description.fields()) {
                fields.add(new Field(
                        field.name(),
                        (int) field.tableOid(),
                        (short) field.attnum(),
                        field.typeOid(),
                        (short) field.typeLength(),
                        field.typmod(),
                        (short) 0));
            }
            return new Described(fields, description.parameterTypes(), description.noticed(), null);
        } catch (SQLException e) {
            String state = e.getSQLState();
            if (state != null && state.startsWith(WRONG_STATEMENT)) {
                return Described.refused(
                        String.valueOf(e.getMessage()).lines().findFirst().orElse(state));
            }
            throw e;
        }
    }
}
