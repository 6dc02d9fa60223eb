package dev.sqlmem.translate;

import dev.sqlmem.plan.Binding;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of SQLite text with the values bound in it, in the order of their placeholders. Pieces that
 * are expressions stand in parentheses of their own, so that no precedence of SQLite's ever counts.
 *
 * @param text the text
 * @param bindings one for each {@code ?}
 */
public record Sql(String text, List<Binding> bindings) {
    static final Sql NULL = text("NULL");

    /** An expression whose evaluation fails, so that the statement goes upstream: no integer has this magnitude. */
    static final Sql FAILURE = text("abs(-9223372036854775807 - 1)");

    public Sql {
        bindings = List.copyOf(bindings);
    }

    static Sql text(String text) {
        return new Sql(text, List.of());
    }

    /** A placeholder for a value. */
    static Sql bind(Binding binding) {
        return new Sql("?", List.of(binding));
    }

    /** Puts texts, pieces and terms one after the other. */
    public static Sql of(Object... parts) {
        StringBuilder text = new StringBuilder();
        List<Binding> bindings = new ArrayList<>();
        for (Object part : parts) {
            Sql sql;
            if (part instanceof Term term) {
                sql = term.sql();
            } else if (part instanceof Sql piece) {
                sql = piece;
            } else {
                sql = null;
            }
            text.append(sql == null ? part : sql.text);
            if (sql != null) {
                bindings.addAll(sql.bindings);
            }
        }
        return new Sql(text.toString(), bindings);
    }

    /** Joins pieces. */
    static Sql join(String separator, List<Sql> pieces) {
        List<Object> parts = new ArrayList<>();
        for (Sql piece : pieces) {
            if (!parts.isEmpty()) {
                parts.add(separator);
            }
            parts.add(piece);
        }
        return of(parts.toArray());
    }
}
