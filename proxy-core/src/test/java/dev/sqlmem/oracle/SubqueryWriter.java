package dev.sqlmem.oracle;

import dev.sqlmem.oracle.Sources.Pair;
import dev.sqlmem.oracle.Sources.Shown;
import dev.sqlmem.oracle.Sources.Source;
import java.util.List;
import java.util.stream.Collectors;

/** Writes subqueries, derived tables and WITH, without joins: for both modes. */
final class SubqueryWriter {
    private final Dice dice;
    private final Operands operands;
    private final Sources sources;
    private final boolean wildcards;

    /**
     * @param wildcards whether they may stand in EXISTS
     */
    SubqueryWriter(Dice dice, Operands operands, Sources sources, boolean wildcards) {
        this.wildcards = wildcards;
        this.dice = dice;
        this.operands = operands;
        this.sources = sources;
    }

    GeneratedStatement any() {
        return switch (dice.below(10)) {
            case 0, 1 -> exists();
            case 2, 3 -> in();
            case 4 -> scalar();
            case 5 -> scalarInCondition();
            case 6 -> byKey();
            case 7 -> derived();
            case 8 -> with();
            default -> nestedWith();
        };
    }

    private GeneratedStatement exists() {
        Pair pair = sources.pair("x", "y");
        Shown list = sources.list(pair.left());
        SqlText inner = SqlText.of("(SELECT "
                + dice.pick("1", wildcards ? "*" : "2", "y." + pair.b().sql()) + " FROM "
                + pair.right().from() + " WHERE " + pair.equal());
        if (dice.percent(50)) {
            inner.add(" AND ").add(sources.condition(dice.percent(70) ? pair.right() : pair.left()));
        }
        if (dice.percent(20)) {
            Pair deeper = sources.pair(pair.right(), "z");
            inner.add(dice.pick(" AND EXISTS", " AND NOT EXISTS") + " (SELECT 1 FROM "
                    + deeper.right().from() + " WHERE " + deeper.equal() + ")");
        }
        inner.add(")");
        if (dice.percent(20)) {
            SqlText sql = SqlText.of("SELECT " + list.list() + ", ")
                    .add(dice.pick("EXISTS ", "CASE WHEN EXISTS "))
                    .add(inner);
            boolean isCase = sql.withLiterals().contains("CASE WHEN EXISTS");
            return sources.statement(
                    "exists as value",
                    sql.add((isCase ? " THEN 'y' ELSE 'n' END" : " AS e") + " FROM "
                            + pair.left().from()));
        }
        SqlText sql = SqlText.of("SELECT " + list.list() + " FROM "
                        + pair.left().from() + " WHERE " + dice.pick("EXISTS ", "NOT EXISTS "))
                .add(inner);
        return sources.ordered("exists", sql, list.columns());
    }

    private GeneratedStatement in() {
        Pair pair = sources.pair("x", "y");
        Shown list = sources.list(pair.left());
        String subject = pair.left().name(pair.a());
        String value = pair.right().name(pair.b());
        boolean row = dice.percent(15);
        SqlText sql =
                SqlText.of("SELECT " + list.list() + " FROM " + pair.left().from() + " WHERE "
                        + (row ? "(" + subject + ", " + pair.left().name(pair.a()) + ")" : subject)
                        + (row ? dice.pick(" IN ", " NOT IN ") : dice.pick(" IN ", " NOT IN ", " = ANY ", " <> ALL "))
                        + "(SELECT " + (row ? value + ", " + value : value) + " FROM "
                        + pair.right().from());
        if (dice.percent(60)) {
            sql.add(" WHERE ").add(sources.condition(dice.percent(75) ? pair.right() : pair.left()));
        }
        return sources.ordered(row ? "row in subquery" : "in subquery", sql.add(")"), list.columns());
    }

    private String aggregate(Source of, OracleColumn column) {
        String name = of.name(column);
        boolean extremes = column.type().hasExtremes() && column.type().isIdentity();
        return dice.pick(
                "count(*)",
                "count(" + name + ")",
                "count(DISTINCT " + name + ")",
                extremes ? dice.pick("max(", "min(") + name + ")" : "count(*)",
                column.type().isSummable() ? dice.pick("sum(", "avg(") + name + ")" : "count(" + name + ")");
    }

    private GeneratedStatement scalar() {
        Pair pair = sources.pair("x", "y");
        String what = aggregate(pair.right(), pair.b());
        SqlText inner = SqlText.of("(SELECT " + what + " FROM " + pair.right().from());
        if (dice.percent(70)) {
            inner.add(" WHERE " + pair.equal());
            if (dice.percent(30)) {
                inner.add(" AND ").add(sources.condition(pair.right()));
            }
        }
        inner.add(")");
        SqlText value = dice.percent(25) && what.startsWith("count")
                ? SqlText.of("coalesce(").add(inner).add(", 0)")
                : inner;
        SqlText sql = SqlText.of("SELECT " + sources.list(pair.left()).list() + ", ")
                .add(value)
                .add(dice.pick("", " AS s") + " FROM " + pair.left().from());
        if (dice.percent(50)) {
            sql.add(" WHERE ").add(sources.condition(pair.left()));
        }
        return sources.statement("scalar subquery", sql);
    }

    private GeneratedStatement scalarInCondition() {
        Pair pair = sources.pair("x", "y");
        Shown list = sources.list(pair.left());
        boolean extremes = pair.b().type().hasExtremes() && pair.b().type().isIdentity();
        String left = extremes ? pair.left().name(pair.a()) : String.valueOf(dice.below(5));
        String what = extremes ? dice.pick("max(", "min(") + pair.right().name(pair.b()) + ")" : "count(*)";
        SqlText sql =
                SqlText.of("SELECT " + list.list() + " FROM " + pair.left().from() + " WHERE " + left
                        + dice.pick(" = ", " <> ", " < ", " >= ") + "(SELECT " + what + " FROM "
                        + pair.right().from());
        if (dice.percent(60)) {
            sql.add(" WHERE ")
                    .add(dice.percent(50) && !extremes ? SqlText.of(pair.equal()) : sources.condition(pair.right()));
        }
        return sources.ordered("scalar in where", sql.add(")"), list.columns());
    }

    /** One row by a unique key, which makes any column a value. */
    private GeneratedStatement byKey() {
        OracleTable keyed = dice.pick(OracleTables.small().stream()
                .filter(table -> table.key()
                        .equals(java.util.Set.of(table.columns().get(0).sql())))
                .toList());
        Source right = new Source(keyed, "y");
        Source left = sources.any("x");
        List<OracleColumn> integers = left.ofTypes(SampleType.INT4, SampleType.INT2, SampleType.INT8);
        OracleColumn shown = dice.pick(keyed.columns());
        String link = integers.isEmpty() ? String.valueOf(dice.below(20)) : left.name(dice.pick(integers));
        SqlText sql = SqlText.of("SELECT " + sources.list(left).list() + ", (SELECT " + right.name(shown) + " FROM "
                + right.from() + " WHERE " + right.name(keyed.columns().get(0)) + " = " + link);
        if (dice.percent(30)) {
            sql.add(" AND ").add(sources.condition(right));
        }
        return sources.statement("scalar by key", sql.add(") FROM " + left.from()));
    }

    private SqlText inner(Source one) {
        String names = sources.keys(one, 2).list();
        if (dice.percent(35)) {
            return SqlText.of("SELECT " + names + ", count(*) AS n FROM " + one.from() + " GROUP BY " + names);
        }
        SqlText sql = SqlText.of("SELECT " + dice.pick("", "DISTINCT ") + names + ", 7 AS n FROM " + one.from());
        return dice.percent(60) ? sql.add(" WHERE ").add(sources.condition(one)) : sql;
    }

    private GeneratedStatement derived() {
        Source one = sources.any("x");
        if (dice.percent(40)) {
            Shown keys = sources.keys(one, 3);
            List<OracleColumn> columns = dice.percent(25) ? firstKeys(one) : keys.columns();
            StringBuilder names = new StringBuilder();
            for (int i = 0; i < columns.size(); i++) {
                names.append(i == 0 ? "" : ", ").append("c").append(i);
            }
            List<OracleColumn> whole = one.table().columns();
            boolean renamed = columns.equals(whole.subList(0, Math.min(columns.size(), whole.size())));
            SqlText from = renamed
                    ? SqlText.of(one.table().sql() + " AS d (" + names + ")")
                    : SqlText.of("(SELECT " + listed(one, columns) + " FROM " + one.from() + " WHERE ")
                            .add(sources.condition(one))
                            .add(") AS d (" + names + ")");
            SqlText sql = SqlText.of("SELECT " + names + " FROM ").add(from);
            Predicates of = new Predicates(dice, operands, column -> "d.c" + columns.indexOf(column));
            sql.add(
                    dice.percent(60)
                            ? SqlText.of(" WHERE ")
                                    .add(of.atom(dice.pick(columns)).text())
                            : SqlText.of(""));
            return sources.ordered("derived table", sql, columns);
        }
        SqlText sql = SqlText.of(
                        dice.pick("SELECT d.n, count(*)", "SELECT sum(d.n), d.n", "SELECT avg(d.n), d.n") + " FROM (")
                .add(inner(one))
                .add(") " + dice.pick("", "AS ") + "d");
        return sources.statement("derived table", sql.add(dice.pick("", " WHERE d.n > 1") + " GROUP BY d.n"));
    }

    private static String listed(Source one, List<OracleColumn> columns) {
        return columns.stream().map(one::name).collect(Collectors.joining(", "));
    }

    private List<OracleColumn> firstKeys(Source one) {
        List<OracleColumn> columns = one.table().columns();
        int most = 0;
        while (most < columns.size() && columns.get(most).type().isIdentity()) {
            most++;
        }
        return columns.subList(0, dice.between(1, Math.min(most, 4)));
    }

    private GeneratedStatement with() {
        SqlText sql = SqlText.of("WITH d AS " + dice.pick("", "MATERIALIZED ", "NOT MATERIALIZED ") + "(")
                .add(inner(sources.any("x")))
                .add("), e (k) AS (SELECT n FROM d WHERE n > 1) SELECT "
                        + dice.pick(
                                "count(*), min(k) FROM e",
                                "k FROM e WHERE k IN (SELECT n FROM d)",
                                "k FROM e WHERE k = (SELECT max(n) FROM d)",
                                "n FROM d WHERE NOT EXISTS (SELECT 1 FROM e WHERE k = n)"));
        return sources.statement("with", sql);
    }

    private GeneratedStatement nestedWith() {
        Pair pair = sources.pair("x", "y");
        String b = pair.right().name(pair.b());
        SqlText sql = SqlText.of("WITH a AS (WITH b (k) AS (SELECT " + b + " FROM "
                        + pair.right().from() + " WHERE ")
                .add(sources.condition(pair.right()))
                .add(") SELECT k, 1 AS n FROM b WHERE k IS NOT NULL) SELECT "
                        + sources.list(pair.left()).list() + " FROM "
                        + pair.left().from() + " WHERE " + pair.left().name(pair.a())
                        + dice.pick(" IN (SELECT k FROM a)", " NOT IN (SELECT k FROM a WHERE n = 1)"));
        if (dice.percent(40)) {
            sql.add(" AND (SELECT count(*) FROM a) > ").add(operands.number(dice.below(3), 0));
        }
        return sources.statement("with nested", sql);
    }
}
