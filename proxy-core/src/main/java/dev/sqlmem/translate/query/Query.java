package dev.sqlmem.translate.query;

import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import java.util.ArrayList;
import java.util.List;

/**
 * A query inside of another one, translated.
 *
 * @param sql its SQLite text, without parentheses
 * @param compound whether the text is a set operation, has rows chosen or WITH, and so must be nested to be an operand of one
 * @param columns what it returns; SQLite knows the n-th by {@link #label}
 * @param oneRow whether it cannot return more than one row
 */
record Query(Sql sql, boolean compound, List<Column> columns, boolean oneRow) {

    /**
     * A column of the result.
     *
     * @param name its name for the queries around
     * @param term what it is inside; of a type and encoding that no place can change any more
     * @param index its place among SQLite's columns, from 1
     */
    record Column(String name, Term term, int index) {}

    Query {
        columns = List.copyOf(columns);
    }

    static String label(int index) {
        return "k" + index;
    }

    /** What SQLite knows the order key of the n-th column by, where that is carried. */
    static String rankLabel(int index) {
        return "o" + index;
    }

    /** The columns as a relation of this name in the SQLite statement has them. */
    List<ScopeColumn> of(String alias) {
        List<ScopeColumn> read = new ArrayList<>();
        for (Column column : columns) {
            String reference = alias + "." + label(column.index);
            String scale;
            if (column.term.ownScale() == null) {
                scale = null;
            } else {
                scale = alias + "." + label(column.index + 1);
            }
            read.add(new ScopeColumn.OfTerm(
                    column.name, column.term.outOf(reference, scale, alias + "." + rankLabel(column.index))));
        }
        return read;
    }
}
