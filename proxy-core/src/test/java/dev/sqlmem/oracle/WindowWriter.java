package dev.sqlmem.oracle;

import dev.sqlmem.oracle.Sources.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes window functions: those that every order determines over any order, the others over a key. */
final class WindowWriter {
    private final Dice dice;
    private final Sources sources;

    WindowWriter(Dice dice, Sources sources) {
        this.dice = dice;
        this.sources = sources;
    }

    GeneratedStatement any() {
        Source one = sources.any("x");
        int die = dice.below(100);
        if (die < 12) {
            return overGroups(one);
        }
        if (die < 24) {
            return numbered(one);
        }
        SqlText sql = SqlText.of("SELECT " + sources.list(one).list() + ", " + function(one)
                + dice.pick("", ", " + function(one), " AS w") + " FROM " + one.from());
        return sources.statement("window", dice.percent(40) ? sql.add(" WHERE ").add(sources.condition(one)) : sql);
    }

    private static String key(Source one) {
        return one.table().key().stream()
                .map(each -> one.alias() + "." + each)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private String partition(Source one) {
        return dice.percent(50) ? "PARTITION BY " + sources.keys(one, 2).list() + " " : "";
    }

    private String function(Source one) {
        OracleColumn some = dice.pick(one.keys());
        String key = key(one);
        if (key.isEmpty() || dice.percent(50)) {
            OracleColumn sorted = dice.pick(one.keys());
            String order = "ORDER BY " + one.name(sorted) + dice.pick("", " DESC", " NULLS FIRST", " DESC NULLS LAST");
            String function = dice.pick(
                    "rank()",
                    "dense_rank()",
                    "count(*)",
                    "count(" + one.name(some) + ")",
                    sum(one),
                    extreme(one),
                    "count(*) FILTER (WHERE " + one.name(some) + " IS NOT NULL)");
            boolean ranks = function.contains("rank");
            return function + " OVER (" + partition(one) + (ranks || dice.percent(60) ? order : "") + ")";
        }
        String name = one.name(some);
        String function = dice.pick(
                "row_number()",
                "lag(" + name + ")",
                "lag(" + name + ", 2)",
                "lead(" + name + ", 1)",
                "lead(" + name + ")",
                "ntile(3)",
                "first_value(" + name + ")",
                "last_value(" + name + ")",
                "nth_value(" + name + ", 2)",
                sum(one),
                "count(*)");
        return function + " OVER (" + partition(one) + "ORDER BY " + key + dice.pick("", "", "", " DESC")
                + (dice.percent(35) ? frame() : "") + ")";
    }

    private String frame() {
        return dice.pick(
                " ROWS BETWEEN UNBOUNDED PRECEDING AND 1 FOLLOWING",
                " ROWS 2 PRECEDING",
                " ROWS BETWEEN 3 PRECEDING AND 1 PRECEDING",
                " ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
                " RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
                " RANGE UNBOUNDED PRECEDING",
                " GROUPS BETWEEN 1 PRECEDING AND 1 FOLLOWING",
                " ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW");
    }

    private String sum(Source one) {
        List<OracleColumn> numbers = one.ofTypes(
                SampleType.INT2, SampleType.INT4, SampleType.INT8, SampleType.NUMERIC_2, SampleType.NUMERIC_6);
        return numbers.isEmpty() ? "count(*)" : dice.pick("sum(", "sum(", "avg(") + one.name(dice.pick(numbers)) + ")";
    }

    private String extreme(Source one) {
        List<OracleColumn> columns =
                one.ofTypes(SampleType.INT4, SampleType.DATE, SampleType.TEXT, SampleType.TIMESTAMPTZ);
        return columns.isEmpty() ? "count(*)" : dice.pick("min(", "max(") + one.name(dice.pick(columns)) + ")";
    }

    private GeneratedStatement overGroups(Source one) {
        String keys = sources.keys(one, 1).list();
        SqlText sql = SqlText.of("SELECT " + keys + ", count(*), "
                + dice.pick(
                        "rank() OVER (ORDER BY count(*) DESC)",
                        "sum(count(*)) OVER ()",
                        "row_number() OVER (ORDER BY " + keys + ")",
                        "dense_rank() OVER (ORDER BY " + keys + ")",
                        "count(*) OVER (PARTITION BY count(*))")
                + " FROM " + one.from() + " GROUP BY " + keys);
        return sources.statement("window over groups", sql);
    }

    /** The first rows of each partition. */
    private GeneratedStatement numbered(Source one) {
        String key = key(one);
        List<OracleColumn> shown = new ArrayList<>(sources.keys(one, 2).columns());
        String list = shown.stream().map(one::name).collect(Collectors.joining(", "));
        String names = shown.stream().map(column -> "d." + column.sql()).collect(Collectors.joining(", "));
        String number = key.isEmpty()
                ? "rank() OVER (" + partition(one) + "ORDER BY " + one.name(shown.get(0)) + ")"
                : "row_number() OVER (" + partition(one) + "ORDER BY " + key + ")";
        SqlText sql = SqlText.of("SELECT " + names + " FROM (SELECT " + list + ", " + number + " AS n FROM "
                + one.from() + ") d WHERE d.n <= " + dice.between(1, 3));
        return sources.ordered("window in FROM", sql, shown);
    }
}
