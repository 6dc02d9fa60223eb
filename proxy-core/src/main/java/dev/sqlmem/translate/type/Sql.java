package dev.sqlmem.translate.type;

import dev.sqlmem.plan.Binding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a statement for SQLite: texts, placeholders with the values bound in them, tables whose places are known
 * when all are, and columns that are there where somebody needs them. It becomes text once, at the end. Pieces that
 * are expressions stand in parentheses of their own, so that no precedence of SQLite's ever counts.
 *
 * <p>A piece in which a part may fail may fail itself: SQLite gives up at a row, and the statement goes upstream. Who
 * writes what may fail says so there ({@link #failing}); nobody else has to.
 */
public final class Sql {
    public static final Sql NULL = text("NULL");

    /** An expression whose evaluation fails, so that the statement goes upstream: no integer has this magnitude. */
    public static final Sql FAILURE = text("abs(-9223372036854775807 - 1)").failing();

    private final List<Part> parts;
    private final boolean failing;

    private Sql(List<Part> parts, boolean failing) {
        this.parts = List.copyOf(parts);
        this.failing = failing;
    }

    /** What has a piece of SQL and can stand in another one. */
    interface Written {
        Sql sql();
    }

    /**
     * A whole statement.
     *
     * @param bindings one for each {@code ?}
     */
    public record Statement(String text, List<Binding> bindings) {}

    private sealed interface Part {
        void write(Writer to);
    }

    private record Text(String text) implements Part {
        @Override
        public void write(Writer to) {
            to.text.append(text);
        }
    }

    private record Placeholder(Binding binding) implements Part {
        @Override
        public void write(Writer to) {
            to.text.append('?');
            to.bindings.add(binding);
        }
    }

    private record TableReference(long oid) implements Part {
        @Override
        public void write(Writer to) {
            to.text
                    .append(Objects.requireNonNull(to.schemas.get(oid), "a table without a place"))
                    .append(".t");
        }
    }

    private record CarriedColumn(int number, Sql column) implements Part {
        @Override
        public void write(Writer to) {
            if (to.carried.contains(number)) {
                to.text.append(", ");
                column.write(to);
            }
        }
    }

    private record Writer(StringBuilder text, List<Binding> bindings, Map<Long, String> schemas, Set<Integer> carried) {
        Writer(Map<Long, String> schemas, Set<Integer> carried) {
            this(new StringBuilder(), new ArrayList<>(), schemas, carried);
        }
    }

    public static Sql text(String text) {
        return new Sql(List.of(new Text(text)), false);
    }

    /** A placeholder for a value. */
    public static Sql bind(Binding binding) {
        return new Sql(List.of(new Placeholder(binding)), false);
    }

    /** The table with this OID, wherever it is attached. */
    public static Sql table(long oid) {
        return new Sql(List.of(new TableReference(oid)), false);
    }

    /** One more column of a select list, after the others; it is only there where it is carried. */
    public static Sql carried(int number, Sql column) {
        return new Sql(List.of(new CarriedColumn(number, column)), column.failing);
    }

    /** Puts texts, pieces and what has one, one after the other. */
    public static Sql of(Object... parts) {
        List<Part> all = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        boolean failing = false;
        for (Object part : parts) {
            if (part instanceof Written written) {
                failing |= add(written.sql(), all, text);
            } else if (part instanceof Sql sql) {
                failing |= add(sql, all, text);
            } else {
                text.append(part);
            }
        }
        end(text, all);
        return new Sql(all, failing);
    }

    /** Adds a piece's parts, texts beside each other as one, so that equal pieces have equal parts. */
    private static boolean add(Sql sql, List<Part> all, StringBuilder text) {
        for (Part part : sql.parts) {
            if (part instanceof Text more) {
                text.append(more.text);
            } else {
                end(text, all);
                all.add(part);
            }
        }
        return sql.failing;
    }

    private static void end(StringBuilder text, List<Part> all) {
        if (text.length() > 0) {
            all.add(new Text(text.toString()));
            text.setLength(0);
        }
    }

    /** Joins pieces. */
    public static Sql join(String separator, List<Sql> pieces) {
        List<Object> parts = new ArrayList<>();
        for (Sql piece : pieces) {
            if (!parts.isEmpty()) {
                parts.add(separator);
            }
            parts.add(piece);
        }
        return of(parts.toArray());
    }

    /** The same, in which SQLite may give up at a row. */
    public Sql failing() {
        return new Sql(parts, true);
    }

    /** Whether SQLite may give up at a row while it evaluates this. */
    public boolean isFailing() {
        return failing;
    }

    /** The values that are bound, in the order of their placeholders. */
    public List<Binding> bindings() {
        List<Binding> bindings = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Placeholder placeholder) {
                bindings.add(placeholder.binding);
            }
        }
        return bindings;
    }

    /** The value that is bound where this is nothing but a placeholder, else null. */
    @Nullable
    public Binding onlyBinding() {
        if (parts.size() == 1 && parts.get(0) instanceof Placeholder placeholder) {
            return placeholder.binding;
        }
        return null;
    }

    /** The same with its values bound in another way. */
    public Sql bound(UnaryOperator<Binding> how) {
        List<Part> others = new ArrayList<>();
        for (Part part : parts) {
            if (part instanceof Placeholder placeholder) {
                others.add(new Placeholder(how.apply(placeholder.binding)));
            } else {
                others.add(part);
            }
        }
        return new Sql(others, failing);
    }

    /** Whether it begins with this text. */
    public boolean startsWith(String start) {
        return !parts.isEmpty() && parts.get(0) instanceof Text text && text.text.startsWith(start);
    }

    /** The length of its text, tables and placeholders aside. */
    int length() {
        int length = 0;
        for (Part part : parts) {
            if (part instanceof Text text) {
                length += text.text.length();
            }
        }
        return length;
    }

    /**
     * The statement as SQLite gets it.
     *
     * @param schemas the names of the databases in which the tables are, by OID
     * @param carried the numbers of the columns that are carried
     */
    public Statement statement(Map<Long, String> schemas, Set<Integer> carried) {
        Writer to = new Writer(schemas, carried);
        write(to);
        return new Statement(to.text.toString(), to.bindings);
    }

    private void write(Writer to) {
        parts.forEach(part -> part.write(to));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Sql sql && parts.equals(sql.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }

    /** Its text where no table is read in it; for people, what its parts are. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Text of) {
                text.append(of.text);
            } else if (part instanceof Placeholder) {
                text.append('?');
            } else {
                text.append('{').append(part).append('}');
            }
        }
        return text.toString();
    }
}
