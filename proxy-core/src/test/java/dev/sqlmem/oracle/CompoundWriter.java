package dev.sqlmem.oracle;

import dev.sqlmem.oracle.Sources.Pair;
import dev.sqlmem.oracle.Sources.Source;
import java.util.ArrayList;
import java.util.List;

/** Writes UNION, INTERSECT and EXCEPT over columns of one or several types. */
final class CompoundWriter {
    private final Dice dice;
    private final Sources sources;

    CompoundWriter(Dice dice, Sources sources) {
        this.dice = dice;
        this.sources = sources;
    }

    private String word() {
        return dice.pick(" UNION ", " UNION ALL ", " INTERSECT ", " EXCEPT ", " UNION DISTINCT ");
    }

    GeneratedStatement any() {
        Pair pair = sources.pair("x", "y");
        List<OracleColumn> shown = new ArrayList<>(List.of(pair.a()));
        StringBuilder left = new StringBuilder(pair.left().name(pair.a()));
        StringBuilder right = new StringBuilder(pair.right().name(pair.b()));
        if (dice.percent(35)) {
            addConstants(left, right);
            shown.add(OracleColumn.of("k", SampleType.INT4));
        }
        if (dice.percent(25) && addColumn(pair, left, right, shown)) {
            left.append(dice.pick("", " AS named"));
        }
        boolean alike = pair.a().type() == pair.b().type() && pair.a().type().isIdentity();
        SqlText sql = query(pair.left(), left).add(word()).add(query(pair.right(), right));
        if (dice.percent(35)) {
            SqlText third = query(pair.left(), left);
            sql = dice.percent(50)
                    ? SqlText.of("").add(sql).add(word()).add(third)
                    : SqlText.of("").add(third).add(word() + "(").add(sql).add(")");
        }
        boolean open = pair.a().type().hasSeveralForms() // and char(n), whose lengths may differ
                || pair.b().type().hasSeveralForms()
                || pair.a().type() == SampleType.CHAR
                || pair.b().type() == SampleType.CHAR
                || (!alike && pair.a().type().isNumeric());
        if (open) {
            return sources.statement(StatementWriter.OPEN, sql);
        }
        return switch (dice.below(8)) {
            case 0 ->
                sources.statement(
                        "set operation in FROM",
                        SqlText.of("SELECT count(*) FROM (").add(sql).add(") u"));
            case 1 ->
                shown.size() > 1
                        ? sources.statement("set operation", sql)
                        : sources.statement(
                                "set operation in IN",
                                SqlText.of("SELECT count(*) FROM " + pair.left().from() + " WHERE "
                                                + pair.left().name(pair.a()) + " IN (")
                                        .add(sql)
                                        .add(")"));
            default -> alike ? sources.ordered("set operation", sql, shown) : sources.statement("set operation", sql);
        };
    }

    private void addConstants(StringBuilder left, StringBuilder right) {
        String one = dice.pick("1", "NULL", "2.5", "'a'", "true", "'x'::text", "3000000000");
        String other = dice.percent(70) ? one : dice.pick("1", "NULL", "1.25", "'b'::varchar(3)", "7::int8");
        left.append(", ").append(one);
        right.append(", ").append(other);
    }

    private boolean addColumn(Pair pair, StringBuilder left, StringBuilder right, List<OracleColumn> shown) {
        for (OracleColumn a : pair.left().keys()) {
            for (OracleColumn b : pair.right().keys()) {
                if (a.type() == b.type() && !a.equals(pair.a()) && dice.percent(40)) {
                    left.append(", ").append(pair.left().name(a));
                    right.append(", ").append(pair.right().name(b));
                    shown.add(a);
                    return true;
                }
            }
        }
        return false;
    }

    private SqlText query(Source of, StringBuilder list) {
        SqlText sql = SqlText.of("SELECT " + list + " FROM " + of.from());
        return dice.percent(55) ? sql.add(" WHERE ").add(sources.condition(of)) : sql;
    }
}
