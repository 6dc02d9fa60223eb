package dev.sqlmem.oracle;

import java.util.List;
import java.util.Set;

/**
 * A table that statements may read.
 *
 * @param sql its name as written in a statement
 * @param label what is special about it, for the report
 * @param key the columns of its primary key, empty where it has none
 * @param large whether all its rows are too many for an ordinary answer
 * @param weight how often it is drawn, relative to the others
 */
record OracleTable(String sql, String label, List<OracleColumn> columns, Set<String> key, boolean large, int weight) {}
