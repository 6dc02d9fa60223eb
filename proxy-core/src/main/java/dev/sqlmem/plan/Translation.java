package dev.sqlmem.plan;

import dev.sqlmem.cache.Generation;
import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.wire.type.TypeCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The state of one translation: what has been written for SQLite so far, and beside it the same
 * statement written back for PostgreSQL from what was understood of it.
 *
 * <p>The second text is the guard against a parser that understands less than is there: its tokens must
 * be those of the original, so nothing that the translator does not know can hide in the statement.
 */
final class Translation {
    final Scope scope;
    final ParameterTypes parameters;
    final List<LiteralClass> literals;
    final StringBuilder sqlite = new StringBuilder(128);
    final StringBuilder source = new StringBuilder(128);
    final List<Binding> bindings = new ArrayList<>();
    final TreeSet<Integer> attnums = new TreeSet<>();
    final TreeSet<Integer> keyed = new TreeSet<>();
    final TreeSet<Integer> positions = new TreeSet<>();
    boolean zoned;
    boolean total = true;

    Translation(Scope scope, ParameterTypes parameters, List<LiteralClass> literals) {
        this.scope = scope;
        this.parameters = parameters;
        this.literals = literals;
    }

    /** Adds the same text to both statements. */
    void both(String text) {
        sqlite.append(text);
        source.append(text);
    }

    /** Adds a column reference to the SQLite statement and notes that the column is needed. */
    void column(ColumnDefinition column) {
        sqlite.append(reference(column));
        touch(column);
    }

    /** Notes that the column is needed. */
    void touch(ColumnDefinition column) {
        attnums.add(column.attnum());
        TypeCodec codec = column.codec();
        zoned |= codec != null && codec.isZoned();
    }

    /** Adds a placeholder to the SQLite statement. */
    void bind(Binding binding) {
        sqlite.append('?');
        bindings.add(binding);
    }

    static String reference(ColumnDefinition column) {
        return "t." + Generation.columnName(column);
    }
}
