package dev.sqlmem.oracle;

import java.util.List;

/**
 * A column that statements may name.
 *
 * @param sql its name as written in a statement
 * @param samples texts that occur in it, where the values of its type hardly do
 */
record OracleColumn(String sql, SampleType type, List<String> samples) {
    static OracleColumn of(String sql, SampleType type, String... samples) {
        return new OracleColumn(sql, type, List.of(samples));
    }

    /** Its name as RowDescription shows it. */
    String name() {
        return sql.startsWith("\"") ? sql.substring(1, sql.length() - 1).replace("\"\"", "\"") : sql;
    }
}
