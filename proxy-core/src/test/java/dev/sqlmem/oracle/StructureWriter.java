package dev.sqlmem.oracle;

import dev.sqlmem.testing.RowOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes statements of several tables and queries: joins, subqueries, WITH, set operations, windows, wildcards. */
final class StructureWriter {
    private static final List<OracleTable> SMALL = OracleTables.small();

    private final Dice dice;
    private final Operands operands;

    StructureWriter(Dice dice, Operands operands) {
        this.dice = dice;
        this.operands = operands;
    }

    /** A relation by its alias. */
    private record Source(OracleTable table, String alias) {
        String name(OracleColumn column) {
            return alias + "." + column.sql();
        }

        String from() {
            return table.sql() + " " + alias;
        }
    }

    /** Columns of two relations that can be compared. */
    private record Pair(Source left, OracleColumn a, Source right, OracleColumn b) {
        String equal() {
            return left.name(a) + " = " + right.name(b);
        }
    }

    /** A statement that read-only mode answers as well. */
    GeneratedStatement ofQueries() {
        return switch (dice.below(8)) {
            case 0 -> exists();
            case 1 -> in();
            case 2 -> scalar();
            case 3 -> derived();
            case 4 -> with();
            case 5, 6 -> setOperation();
            default -> window();
        };
    }

    /** A statement for transparent mode. */
    GeneratedStatement any() {
        int die = dice.below(100);
        if (die < 45) {
            return join();
        }
        return die < 55 ? wildcard() : ofQueries();
    }

    private Source source(String alias) {
        return new Source(dice.pick(SMALL), alias);
    }

    private Pair pair(String left, String right) {
        for (; ; ) {
            Source l = source(left);
            Source r = source(right);
            OracleColumn a = dice.pick(comparable(l.table));
            List<OracleColumn> others = comparable(r.table).stream()
                    .filter(b -> b.type() == a.type()
                            || (b.type().isInteger() && a.type().isInteger()))
                    .toList();
            if (!others.isEmpty()) {
                return new Pair(l, a, r, dice.pick(others));
            }
        }
    }

    private static List<OracleColumn> comparable(OracleTable table) {
        return table.columns().stream()
                .filter(column -> column.type() != SampleType.OTHER && column.type() != SampleType.BOOL)
                .toList();
    }

    private SqlText condition(Source of) {
        return new Predicates(dice, operands, of::name)
                .any(of.table.columns(), 1)
                .text();
    }

    private String list(Source... sources) {
        List<String> columns = new ArrayList<>();
        for (Source source : sources) {
            dice.some(source.table.columns(), 3).forEach(column -> columns.add(source.name(column)));
        }
        return String.join(", ", columns);
    }

    private static GeneratedStatement statement(String label, SqlText sql) {
        return new GeneratedStatement(label, sql, new RowOrder.Any(), 0, false);
    }

    private GeneratedStatement join() {
        Pair pair = pair("x", "y");
        Source l = pair.left;
        Source r = pair.right;
        String kind = dice.pick("JOIN", "INNER JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "FULL OUTER JOIN", ",");
        String list = dice.percent(15) ? "*" : dice.percent(15) ? "y.*, x.*" : list(l, r);
        SqlText sql = SqlText.of("SELECT " + list + " FROM " + l.from());
        if (kind.equals(",")) {
            sql.add(", " + r.from());
            boolean third = dice.percent(30);
            if (third) {
                sql.add(" " + dice.pick("RIGHT", "FULL", "LEFT") + " JOIN nothing_here z ON z.id = " + r.name(pair.b))
                        .add(pair.b.type().isInteger() ? "" : "::int");
            }
            sql.add(" WHERE " + pair.equal() + " AND ").add(condition(dice.percent(50) ? l : r));
            return statement("join comma", sql);
        }
        boolean using = pair.a.sql().equals(pair.b.sql()) && dice.percent(60);
        sql.add(" " + kind + " " + r.from()).add(using ? " USING (" + pair.a.sql() + ")" : " ON " + pair.equal());
        if (!using && !kind.startsWith("FULL") && dice.percent(40)) {
            sql.add(" AND ").add(condition(dice.percent(50) ? l : r));
        }
        if (dice.percent(30)) {
            sql.add(" LEFT JOIN doubles z ON z.c = 1.5 OR z.a = ").add(operands.ofType(SampleType.INT4));
        }
        if (dice.percent(40)) {
            sql.add(" WHERE ").add(condition(dice.percent(50) ? l : r));
        }
        return statement(
                "join " + (using ? "using" : kind.replace(" OUTER", "").toLowerCase(java.util.Locale.ROOT)), sql);
    }

    private GeneratedStatement wildcard() {
        Source one = source("x");
        if (dice.percent(30)) {
            Source two = source("y");
            String how = dice.pick("NATURAL JOIN", "NATURAL LEFT JOIN", "NATURAL FULL JOIN", "CROSS JOIN");
            SqlText sql = SqlText.of("SELECT count(*) FROM " + one.from() + " " + how + " " + two.from());
            return statement(how.startsWith("N") ? "natural join" : "cross join", sql);
        }
        SqlText sql = SqlText.of("SELECT " + dice.pick("*", "x.*", "*, x.*", "x.*, 1") + " FROM " + one.from());
        return statement("wildcard", sql.add(" WHERE ").add(condition(one)));
    }

    private GeneratedStatement exists() {
        Pair pair = pair("x", "y");
        SqlText sql = SqlText.of("SELECT " + list(pair.left) + " FROM " + pair.left.from() + " WHERE "
                + dice.pick("EXISTS", "NOT EXISTS") + " (SELECT 1 FROM " + pair.right.from() + " WHERE "
                + pair.equal());
        if (dice.percent(50)) {
            sql.add(" AND ").add(condition(dice.percent(70) ? pair.right : pair.left));
        }
        return statement("exists", sql.add(")"));
    }

    private GeneratedStatement in() {
        Pair pair = pair("x", "y");
        String subject = pair.left.name(pair.a);
        SqlText sql = SqlText.of("SELECT " + list(pair.left) + " FROM " + pair.left.from() + " WHERE " + subject
                + dice.pick(" IN ", " NOT IN ", " = ANY ", " <> ALL ") + "(SELECT "
                + pair.right.name(pair.b) + " FROM " + pair.right.from());
        if (dice.percent(60)) {
            sql.add(" WHERE ").add(condition(pair.right));
        }
        return statement("in subquery", sql.add(")"));
    }

    private GeneratedStatement scalar() {
        Pair pair = pair("x", "y");
        String of = pair.right.name(pair.b);
        String what = dice.pick(
                "count(*)",
                "count(" + of + ")",
                pair.b.type().hasExtremes() && pair.b.type() != SampleType.BYTEA ? "max(" + of + ")" : "count(*)");
        SqlText sql = SqlText.of("SELECT " + list(pair.left) + ", (SELECT " + what + " FROM " + pair.right.from());
        if (dice.percent(70)) {
            sql.add(" WHERE " + pair.equal());
        }
        return statement("scalar subquery", sql.add(") AS s FROM " + pair.left.from()));
    }

    private SqlText inner(Source one) {
        List<OracleColumn> columns = dice.some(comparable(one.table), 2);
        String names = columns.stream().map(one::name).collect(Collectors.joining(", "));
        if (dice.percent(35)) {
            return SqlText.of("SELECT " + names + ", count(*) AS n FROM " + one.from() + " GROUP BY " + names);
        }
        SqlText sql = SqlText.of("SELECT " + dice.pick("", "DISTINCT ") + names + ", 7 AS n FROM " + one.from());
        return dice.percent(60) ? sql.add(" WHERE ").add(condition(one)) : sql;
    }

    private GeneratedStatement derived() {
        SqlText sql = SqlText.of(dice.pick("SELECT d.n, count(*)", "SELECT sum(d.n), d.n") + " FROM (")
                .add(inner(source("x")))
                .add(") " + dice.pick("", "AS ") + "d");
        return statement("derived table", sql.add(dice.pick("", " WHERE d.n > 1") + " GROUP BY d.n"));
    }

    private GeneratedStatement with() {
        SqlText sql = SqlText.of("WITH d AS " + dice.pick("", "MATERIALIZED ", "NOT MATERIALIZED ") + "(")
                .add(inner(source("x")))
                .add("), e (k) AS (SELECT n FROM d WHERE n > 1) SELECT "
                        + dice.pick(
                                "count(*), min(k) FROM e",
                                "k FROM e WHERE k IN (SELECT n FROM d)",
                                "n FROM d WHERE NOT EXISTS (SELECT 1 FROM e WHERE k = n)"));
        return statement("with", sql);
    }

    private GeneratedStatement setOperation() {
        Pair pair = pair("x", "y");
        String word = dice.pick(" UNION ", " UNION ALL ", " INTERSECT ", " EXCEPT ");
        SqlText left = SqlText.of("SELECT " + pair.left.name(pair.a) + " FROM " + pair.left.from());
        SqlText right = SqlText.of("SELECT " + pair.right.name(pair.b) + " FROM " + pair.right.from());
        if (dice.percent(50)) {
            right.add(" WHERE ").add(condition(pair.right));
        }
        SqlText sql = SqlText.of("").add(left).add(word).add(right);
        if (dice.percent(40)) {
            SqlText third = SqlText.of("SELECT " + pair.left.name(pair.a) + " FROM " + pair.left.from() + " WHERE ")
                    .add(condition(pair.left));
            String more = dice.pick(" UNION ", " UNION ALL ", " INTERSECT ", " EXCEPT ");
            sql = dice.percent(50)
                    ? SqlText.of("").add(sql).add(more).add(third)
                    : SqlText.of("").add(third).add(more + "(").add(sql).add(")");
        }
        return statement("set operation", sql);
    }

    private GeneratedStatement window() {
        Source one = source("x");
        OracleColumn part = dice.pick(comparable(one.table));
        OracleColumn sorted = dice.pick(comparable(one.table));
        String key = one.table.key().stream().map(each -> "x." + each).sorted().collect(Collectors.joining(", "));
        String order = dice.percent(50) && !key.isEmpty()
                ? key
                : one.name(sorted) + dice.pick("", " DESC", " NULLS FIRST", " DESC NULLS LAST");
        String partition = dice.percent(50) ? "PARTITION BY " + one.name(part) + " " : "";
        String function = order.equals(key)
                ? dice.pick(
                        "row_number()",
                        "lag(" + one.name(part) + ")",
                        "lead(" + one.name(sorted) + ", 2)",
                        "ntile(3)",
                        "first_value(" + one.name(part) + ")",
                        "last_value(" + one.name(sorted) + ")")
                : dice.pick("rank()", "dense_rank()", "count(*)", "count(" + one.name(part) + ")");
        String frame = order.equals(key) && dice.percent(30)
                ? dice.pick(
                        " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 FOLLOWING",
                        " ROWS 2 PRECEDING",
                        " RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
                        " GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING")
                : "";
        SqlText sql = SqlText.of("SELECT " + list(one) + ", " + function + " OVER (" + partition + "ORDER BY " + order
                + frame + ") FROM " + one.from());
        return statement("window", sql);
    }
}
