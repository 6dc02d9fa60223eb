package dev.sqlmem.translate.query;

import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.translate.query.FromClause.Part;
import dev.sqlmem.translate.type.Comparability;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RIGHT and FULL JOIN in a form whose cost grows with the rows.
 *
 * <p>SQLite makes no automatic index for the right operand of either, and reads all of it for each row of the left
 * one unless an index of its own finds the matches. So RIGHT JOIN is written as LEFT JOIN with its sides changed,
 * and FULL JOIN by an index of either side, or as the rows of two LEFT JOINs.
 */
final class OuterJoins {
    private OuterJoins() {}

    /** Columns of both sides that a FULL JOIN compares. */
    record Equality(ScopeColumn left, ScopeColumn right) {}

    /** {@code left RIGHT JOIN right}; the columns keep their order, as the outputs name them one by one. */
    static Sql right(Part left, Part right, Sql condition) {
        return Sql.of(right.sql(), " LEFT JOIN ", operand(left), condition);
    }

    /**
     * {@code left FULL JOIN right}.
     *
     * @param condition with its ON, or empty
     * @throws NotTranslatable where the only way would be to compare each row with each
     */
    static Sql full(Part left, Part right, Sql condition, List<Equality> equalities, QueryContext context)
            throws NotTranslatable {
        for (Equality each : equalities) {
            Term l = each.left.read(context.out());
            Term r = each.right.read(context.out());
            Comparability.Pair pair = Comparability.pair(l, r);
            if (pair.right().sql().equals(r.sql()) && isIndexed(right, each.right)) {
                return Sql.of(left.sql(), " FULL JOIN ", right.sql(), condition);
            }
            if (pair.left().sql().equals(l.sql()) && isIndexed(left, each.left)) {
                return Sql.of(right.sql(), " FULL JOIN ", left.sql(), condition);
            }
        }
        if (table(left) == null || table(right) == null) {
            throw new NotTranslatable("FULL JOIN without an index, and not of two tables");
        }
        return byRows(left, right, condition, context.names().newAlias());
    }

    /** Whether the column leads an index that the cache builds with it. */
    private static boolean isIndexed(Part side, ScopeColumn column) {
        TableDefinition table = table(side);
        ScopeColumn.OfTable origin = column.origin();
        return table != null
                && origin != null
                && table.indexes().stream()
                        .anyMatch(index ->
                                index.attnums().get(0) == origin.column().attnum());
    }

    private static @Nullable TableDefinition table(Part side) {
        if (side.relations().size() == 1) {
            return side.relations().get(0).table();
        }
        return null;
    }

    /** Finds which row goes with which by automatic indexes, and reads the rows by their numbers. */
    private static Sql byRows(Part left, Part right, Sql condition, String pairs) {
        String l = left.relations().get(0).alias();
        String r = right.relations().get(0).alias();
        Sql matched = Sql.of(
                "SELECT " + l + ".rowid AS k1, " + r + ".rowid AS k2 FROM ",
                left.sql(),
                " LEFT JOIN ",
                right.sql(),
                condition);
        Sql others = Sql.of(
                "SELECT NULL, " + r + ".rowid FROM ",
                right.sql(),
                " LEFT JOIN ",
                left.sql(),
                condition,
                " WHERE " + l + ".rowid IS NULL");
        return Sql.of(
                "(",
                matched,
                " UNION ALL ",
                others,
                ") AS " + pairs + " LEFT JOIN ",
                left.sql(),
                " ON (" + l + ".rowid = " + pairs + ".k1) LEFT JOIN ",
                right.sql(),
                " ON (" + r + ".rowid = " + pairs + ".k2)");
    }

    /** What stood on the left, where it must be one operand. */
    private static Sql operand(Part left) {
        if (left.relations().size() > 1) {
            return Sql.of("(", left.sql(), ")");
        }
        return left.sql();
    }
}
