package dev.sqlmem.translate.type;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.OrderKey;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.plan.Binding;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where the place of a text in the server's own order is found. Nothing is loaded for it before it is used.
 *
 * @param table the table of the column whose order it is
 * @param column the column
 * @param sql the place in SQLite, an integer, null of null
 * @param carriers the queries' columns that must be there for it, see {@link Translation#carried}
 * @param carrier the column in which the queries around can find it, 0 where there is none
 */
public record OrderKeyTerm(
        TableDefinition table, ColumnDefinition column, Sql sql, Set<Integer> carriers, int carrier) {
    public OrderKeyTerm {
        carriers = Set.copyOf(carriers);
    }

    /** The order key of a column of a table; null where the column has no need of one, or cannot have it. */
    static @Nullable public OrderKeyTerm of(TableDefinition table, ColumnDefinition column, String alias) {
        if (OrderKey.isPossible(column)) {
            return new OrderKeyTerm(table, column, Sql.text(alias + ".c" + OrderKey.attnum(column)), Set.of(), 0);
        }
        return null;
    }

    /** The expression, which is needed from now on. */
    Sql use(Translation out) {
        out.tables.touch(table, OrderKey.of(column));
        out.carried.addAll(carriers);
        return sql;
    }

    /** The text at a place of the order. */
    public Sql textAt(String place) {
        String text = "c" + column.attnum();
        String key = "c" + OrderKey.attnum(column);
        return Sql.of(
                "(SELECT " + text + " FROM ", Sql.table(table.oid()), " WHERE " + key + " = " + place + " LIMIT 1)");
    }

    /** The order that it is a place in. */
    Binding.OrderKeyOf order() {
        return new Binding.OrderKeyOf(table.oid(), OrderKey.attnum(column));
    }

    /** Whether the places of both are places of one order. */
    boolean isOfSame(OrderKeyTerm other) {
        return order().equals(other.order());
    }

    /** The same by another expression. */
    public OrderKeyTerm sql(Sql other) {
        return new OrderKeyTerm(table, column, other, carriers, 0);
    }

    /** The same, which can be read from outside of the query through a column of its own. */
    public OrderKeyTerm carriedBy(int number) {
        return new OrderKeyTerm(table, column, sql, carriers, number);
    }

    /** The same as a query around reads it; null where it can't. */
    @Nullable
    OrderKeyTerm outOf(String reference) {
        if (carrier == 0) {
            return null;
        }
        Set<Integer> all = new TreeSet<>(carriers);
        all.add(carrier);
        return new OrderKeyTerm(table, column, Sql.text(reference), all, 0);
    }
}
