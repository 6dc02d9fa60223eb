package dev.sqlmem.oracle;

import dev.sqlmem.oracle.Sources.Pair;
import dev.sqlmem.oracle.Sources.Shown;
import dev.sqlmem.oracle.Sources.Source;
import dev.sqlmem.testing.RowOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes joins of every kind, and wildcards over them: for transparent mode only. */
final class JoinWriter {
    private final Dice dice;
    private final Operands operands;
    private final Sources sources;

    JoinWriter(Dice dice, Operands operands, Sources sources) {
        this.dice = dice;
        this.operands = operands;
        this.sources = sources;
    }

    GeneratedStatement any() {
        int die = dice.below(100);
        if (die < 40) {
            return two();
        }
        if (die < 52) {
            return three();
        }
        if (die < 64) {
            return groups();
        }
        if (die < 72) {
            return inequality();
        }
        return die < 80 ? withDerived() : wildcard();
    }

    private String kind() {
        return dice.pick("JOIN", "INNER JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "LEFT OUTER JOIN");
    }

    private GeneratedStatement two() {
        Pair pair = sources.pair("x", "y");
        Source l = pair.left();
        Source r = pair.right();
        if (dice.percent(15)) {
            return comma(pair);
        }
        String kind = kind();
        Shown list = sources.list(l, r);
        boolean wild = dice.percent(20);
        boolean using = pair.a().sql().equals(pair.b().sql()) && dice.percent(70);
        SqlText sql = SqlText.of("SELECT " + (wild ? dice.pick("*", "y.*, x.*", "x.*, 1 AS one") : list.list())
                + " FROM " + l.from() + " " + kind + " " + r.from());
        sql.add(using ? " USING (" + pair.a().sql() + ")" : " ON " + pair.equal());
        if (!using && !kind.startsWith("FULL") && dice.percent(40)) {
            sql.add(" AND ").add(sources.condition(dice.percent(50) ? l : r));
        }
        sql.add(" WHERE (" + sources.few(dice.percent(70) ? l : r)
                + dice.pick("", " OR " + r.name(pair.b()) + " IS NULL") + ")");
        if (dice.percent(40)) {
            sql.add(" AND ").add(sources.condition(dice.percent(50) ? l : r));
        }
        String label = "join " + (using ? "using" : kind.split(" ", 2)[0].toLowerCase(Locale.ROOT));
        return wild ? sources.statement(label + " *", sql) : sources.ordered(label, sql, list.columns());
    }

    private GeneratedStatement comma(Pair pair) {
        Source l = pair.left();
        Source r = pair.right();
        Shown list = sources.list(l, r);
        SqlText sql = SqlText.of("SELECT " + list.list() + " FROM " + l.from() + ", " + r.from());
        if (dice.percent(30)) {
            sql.add(" " + dice.pick("RIGHT", "FULL", "LEFT") + " JOIN nothing_here z ON z.id = " + r.name(pair.b()))
                    .add(pair.b().type().isInteger() ? "" : "::int");
        }
        sql.add(" WHERE " + pair.equal() + " AND " + sources.few(l) + " AND ")
                .add(sources.condition(dice.percent(50) ? l : r));
        return sources.ordered("join comma", sql, list.columns());
    }

    private GeneratedStatement three() {
        Pair first = sources.pair("x", "y");
        Source x = first.left();
        Source y = first.right();
        Pair second = sources.pair(dice.percent(50) ? x : y, "z");
        Source z = second.right();
        Shown list = sources.list(x, y, z);
        String text = dice.percent(60) || second.left().equals(x)
                ? x.from() + " " + kind() + " " + y.from() + " ON " + first.equal() + " " + kind() + " " + z.from()
                        + " ON " + second.equal()
                : x.from() + " " + kind() + " (" + y.from() + " " + kind() + " " + z.from() + " ON " + second.equal()
                        + ") ON " + first.equal();
        SqlText sql = SqlText.of("SELECT " + list.list() + " FROM " + text + " WHERE " + sources.few(x) + " AND "
                + sources.few(second.left().equals(x) ? z : y));
        if (dice.percent(30)) {
            sql.add(" AND ").add(sources.condition(dice.pick(List.of(x, y, z))));
        }
        return sources.ordered("join of three", sql, list.columns());
    }

    private GeneratedStatement groups() {
        Pair pair = sources.pair("x", "y");
        Source l = pair.left();
        Source r = pair.right();
        Shown keys = sources.keys(dice.percent(50) ? l : r, 2);
        List<String> aggregates = new ArrayList<>(List.of("count(*)", "count(" + r.name(pair.b()) + ")"));
        for (OracleColumn column : r.ofTypes(SampleType.INT2, SampleType.INT4, SampleType.NUMERIC_2)) {
            aggregates.add(dice.pick("sum(", "avg(", "max(", "count(DISTINCT ") + r.name(column) + ")");
        }
        for (OracleColumn column : l.ofTypes(SampleType.DATE, SampleType.TIMESTAMPTZ, SampleType.TEXT)) {
            aggregates.add(dice.pick("min(", "max(") + l.name(column) + ")");
        }
        SqlText sql = SqlText.of("SELECT " + keys.list() + ", " + dice.pick(aggregates) + ", " + dice.pick(aggregates)
                + " FROM " + l.from() + " " + kind() + " " + r.from() + " ON " + pair.equal() + " WHERE "
                + sources.few(l) + " GROUP BY " + keys.list());
        if (dice.percent(30)) {
            sql.add(dice.pick(" HAVING count(*) > 1", " HAVING max(" + r.name(pair.b()) + ") IS NOT NULL"));
        }
        if (dice.percent(40)) {
            sql.add(" ORDER BY " + dice.pick("1", "count(*) DESC, 1", keys.list()));
        }
        return sources.statement("join grouped", sql);
    }

    private GeneratedStatement inequality() {
        Pair pair = sources.pair("x", "y");
        Source l = pair.left();
        Source r = pair.right();
        Shown list = sources.list(l, r);
        String kind = dice.pick("JOIN", "LEFT JOIN", "RIGHT JOIN");
        SqlText sql = SqlText.of("SELECT " + list.list() + " FROM " + l.from() + " " + kind + " " + r.from() + " ON ");
        switch (dice.below(4)) {
            case 0 -> sql.add(l.name(pair.a()) + dice.pick(" < ", " >= ", " <> ") + r.name(pair.b()));
            case 1 -> sql.add(pair.equal() + " OR ").add(sources.condition(r));
            case 2 -> sql.add(l.name(pair.a()) + " IS NOT DISTINCT FROM " + r.name(pair.b()));
            default -> sql.add("true AND ").add(sources.condition(r));
        }
        sql.add(" WHERE " + sources.few(l) + " AND " + sources.few(r));
        return sources.ordered("join unequal", sql, list.columns());
    }

    private GeneratedStatement withDerived() {
        Pair pair = sources.pair("x", "y");
        Source l = pair.left();
        Source r = pair.right();
        String b = r.name(pair.b());
        boolean grouped = pair.b().type().isIdentity() && dice.percent(60);
        SqlText inner = SqlText.of("SELECT " + b + " AS k, " + (grouped ? "count(*)" : "7") + " AS n FROM " + r.from()
                + " WHERE " + sources.few(r));
        inner.add(grouped ? " GROUP BY " + b : "");
        Shown list = sources.list(l);
        SqlText sql = dice.percent(50)
                ? SqlText.of("SELECT " + list.list() + ", d.n FROM " + l.from() + " " + kind() + " (")
                        .add(inner)
                        .add(") d ON d.k = " + l.name(pair.a()))
                : SqlText.of("WITH d AS (")
                        .add(inner)
                        .add(") SELECT " + list.list() + ", d.n FROM d " + kind() + " " + l.from() + " ON d.k = "
                                + l.name(pair.a()));
        return sources.statement("join with derived", sql.add(" WHERE " + sources.few(l)));
    }

    private GeneratedStatement wildcard() {
        Source one = sources.any("x");
        if (dice.percent(40)) {
            Source two = sources.any("y");
            String how = dice.pick("NATURAL JOIN", "NATURAL LEFT JOIN", "NATURAL FULL JOIN", "CROSS JOIN");
            String what = dice.pick(
                    "count(*)",
                    "*",
                    "y.*",
                    "count(*), min(" + two.name(two.keys().get(0)) + ")");
            SqlText sql = SqlText.of("SELECT " + what + " FROM " + one.from() + " " + how + " " + two.from());
            sql.add(" WHERE " + sources.few(one) + " AND " + sources.few(two));
            return sources.statement(how.startsWith("N") ? "natural join" : "cross join", sql);
        }
        SqlText sql = SqlText.of("SELECT " + dice.pick("*", "x.*", "*, x.*", "x.*, 1") + " FROM " + one.from());
        sql.add(" WHERE ").add(sources.condition(one));
        OracleColumn first = one.table().columns().get(0);
        boolean total = one.table().key().equals(java.util.Set.of(first.sql())) && dice.percent(40);
        if (total) {
            sql.add(" ORDER BY " + one.name(first) + " LIMIT ").add(operands.number(dice.between(0, 20), 0));
        }
        return new GeneratedStatement("wildcard", sql, total ? new RowOrder.Total() : new RowOrder.Any(), 0, false);
    }
}
