package dev.sqlmem.oracle;

import org.jspecify.annotations.Nullable;

/**
 * One item of a select list.
 *
 * @param expression as written, without the alias
 * @param column the column that it shows, or null for an aggregate
 * @param alias as written, or null
 * @param name what RowDescription will call it, as far as it matters for ORDER BY
 */
record Output(
        String expression,
        @Nullable OracleColumn column,
        @Nullable String alias,
        String name) {

    static Output column(String expression, OracleColumn column, @Nullable String alias) {
        return new Output(expression, column, alias, alias == null ? column.name() : unquoted(alias));
    }

    static Output aggregate(String expression, @Nullable String alias) {
        return new Output(
                expression,
                null,
                alias,
                alias == null ? expression.substring(0, expression.indexOf('(')) : unquoted(alias));
    }

    private static String unquoted(String alias) {
        return alias.startsWith("\"") ? alias.substring(1, alias.length() - 1) : alias;
    }

    boolean shows(OracleColumn other) {
        return column != null && column.equals(other);
    }
}
