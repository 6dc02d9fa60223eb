package dev.sqlmem.oracle;

import static dev.sqlmem.oracle.SampleType.*;

import java.util.Optional;

/** Writes aggregates over expressions, and expressions over aggregates. */
final class AggregateWriter {
    private final ExpressionWriter values;
    private final Dice dice;

    AggregateWriter(ExpressionWriter values, Dice dice) {
        this.values = values;
        this.dice = dice;
    }

    /** An aggregate over expressions. */
    Expression any(int depth) {
        Expression n = dice.percent(50) ? values.integer(depth) : values.numeric(depth);
        String distinct = dice.percent(15) ? "DISTINCT " : "";
        String filter = dice.percent(20) ? " FILTER (WHERE " : "";
        Optional<Expression> condition = filter.isEmpty() ? Optional.empty() : Optional.of(values.bool(0));
        Expression plain = switch (dice.below(14)) {
            case 11 ->
                Expression.of(
                        "sum of case",
                        NUMERIC_2,
                        "sum(CASE WHEN ",
                        values.bool(0),
                        " THEN ",
                        dice.percent(50) ? "1" : values.integerColumn(),
                        " ELSE 0 END)");
            case 12 ->
                Expression.of(
                        "min/max of column",
                        OTHER,
                        dice.pick("min(", "max("),
                        values.column(DATE, TIMESTAMP, TIMESTAMPTZ, TIME),
                        ")");
            case 13 ->
                Expression.of(
                        "count distinct over",
                        INT8,
                        "count(DISTINCT ",
                        dice.percent(50) ? values.date(0) : values.text(0),
                        ")");
            case 0 -> Expression.of("sum over", NUMERIC_2, "sum(", distinct, n, ")");
            case 1, 2, 3 ->
                Expression.of(
                        "avg",
                        NUMERIC_2,
                        "avg(",
                        distinct,
                        dice.percent(60) ? values.integerColumn() : values.numericColumn(),
                        ")");
            case 4 -> Expression.of("min/max over", INT4, dice.pick("min(", "max("), values.any(depth), ")");
            case 5 -> Expression.of("count over", INT8, "count(", distinct, values.any(depth), ")");
            case 6 ->
                Expression.of("bool_and", BOOL, dice.pick("bool_and(", "bool_or(", "every("), values.bool(depth), ")");
            case 7 ->
                Expression.of(
                        "string_agg",
                        TEXT,
                        "string_agg(",
                        values.textColumn(),
                        ", ",
                        dice.pick("','", "''", "NULL"),
                        " ORDER BY ",
                        values.textColumn(),
                        dice.pick("", " DESC", " NULLS FIRST"),
                        ")");
            case 8 -> Expression.of("count(1)", INT8, dice.pick("count(1)", "count(*)"));
            case 9 -> Expression.of("sum of numeric", NUMERIC_2, "sum(", values.numericColumn(), ")");
            default -> Expression.of("min/max over", TEXT, dice.pick("min(", "max("), values.text(depth), ")");
        };
        Expression filtered = condition
                .map(c -> Expression.of("filter", plain.type(), plain, filter, c, ")"))
                .orElse(plain);
        return switch (dice.below(8)) {
            case 0 ->
                filtered.type() == NUMERIC_2
                        ? Expression.of("coalesce(aggregate)", NUMERIC_2, "coalesce(", filtered, ", 0)")
                        : filtered;
            case 1 ->
                filtered.type() == NUMERIC_2
                        ? Expression.of("round(aggregate)", NUMERIC_2, "round(", filtered, ", 2)")
                        : filtered;
            default -> filtered;
        };
    }

    /** An expression over aggregates. */
    Expression overAggregates() {
        Expression n = dice.percent(60) ? values.integerColumn() : values.numericColumn();
        return switch (dice.below(7)) {
            case 0 ->
                Expression.of("aggregates computed", NUMERIC_2, "sum(", n, dice.pick(") + 1", ") * 2", ") - count(*)"));
            case 1 -> Expression.of("aggregates computed", NUMERIC_2, "max(", n, ") - min(", n, ")");
            case 2 ->
                Expression.of("case of aggregates", NUMERIC_2, "CASE WHEN count(*) > 1 THEN sum(", n, ") ELSE 0 END");
            case 3 ->
                Expression.of(
                        "aggregates compared",
                        BOOL,
                        dice.pick("sum(", "max(", "count("),
                        n,
                        dice.pick(") > ", ") = "),
                        dice.pick("0", "7"));
            case 4 ->
                Expression.of(
                        "aggregates divided",
                        NUMERIC_2,
                        "sum(",
                        n,
                        dice.pick(") / 3", ") / count(*)", ") / nullif(count(*), 0)"));
            case 5 ->
                Expression.of("aggregates computed", TEXT, dice.pick("max(", "min("), values.textColumn(), ") || '!'");
            default ->
                Expression.of(
                        "coalesce(aggregate)",
                        NUMERIC_2,
                        "coalesce(",
                        dice.pick("max(", "sum("),
                        n,
                        dice.pick("), 0)", "), -1)"));
        };
    }
}
