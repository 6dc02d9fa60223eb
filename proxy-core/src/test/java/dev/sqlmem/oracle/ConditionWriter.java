package dev.sqlmem.oracle;

import static dev.sqlmem.oracle.SampleType.*;

/** Writes conditions over computed values, arrays and rows. */
final class ConditionWriter {
    private final ExpressionWriter values;
    private final Operands operands;
    private final Dice dice;

    ConditionWriter(ExpressionWriter values, Operands operands, Dice dice) {
        this.values = values;
        this.operands = operands;
        this.dice = dice;
    }

    Expression any(int depth) {
        return switch (dice.below(22)) {
            case 21 -> Expression.of("isfinite()", BOOL, "isfinite(", values.column(DATE, TIMESTAMP), ")");
            case 19, 20 -> dateWithTimestamp();
            case 12 ->
                Expression.of(
                        "date compared",
                        BOOL,
                        values.date(depth - 1),
                        comparator(),
                        dice.pick("'2024-02-29'", "date '2024-03-01'"));
            case 13 -> comparison("date compared", values.date(depth - 1), values.column(DATE));
            case 14 ->
                dice.percent(50)
                        ? comparison("timestamp compared", values.timestamp(depth - 1), values.column(TIMESTAMP))
                        : Expression.of(
                                "timestamp compared",
                                BOOL,
                                values.column(TIMESTAMP),
                                "::date",
                                comparator(),
                                "'2024-02-29'");
            case 15 ->
                Expression.of(
                        "extract compared",
                        BOOL,
                        "extract(",
                        values.field(),
                        " from ",
                        values.column(DATE, TIMESTAMP),
                        ")",
                        comparator(),
                        dice.pick("2", "2024", "0", "12"));
            case 16 ->
                comparison(
                        "case compared",
                        values.conditional(values.integerColumn(), values.integerColumn(), "2"),
                        values.integerColumn());
            case 17 ->
                Expression.of(
                        "conditions combined",
                        BOOL,
                        "(",
                        any(0),
                        dice.pick(" AND ", " OR "),
                        "NOT ",
                        "(",
                        any(0),
                        "))");
            case 18 ->
                Expression.of(
                        "length of char",
                        BOOL,
                        "length(",
                        values.column(CHAR),
                        ")",
                        comparator(),
                        dice.pick("0", "2", "3"));
            case 0 -> comparison("int compared", values.integer(depth - 1), values.integerColumn());
            case 1 ->
                comparison(
                        "numeric compared",
                        values.numeric(depth - 1),
                        dice.percent(50) ? values.numericColumn() : values.integerColumn());
            case 2 -> comparison("text compared", values.text(depth - 1), values.textColumn());
            case 3 ->
                Expression.of(
                        "compared with value", BOOL, values.integer(depth - 1), comparator(), operands.ofType(INT4));
            case 4 ->
                Expression.of("compared with value", BOOL, values.text(depth - 1), comparator(), operands.ofType(TEXT));
            case 5 ->
                Expression.of(
                        "compared with value",
                        BOOL,
                        values.numeric(depth - 1),
                        comparator(),
                        operands.ofType(NUMERIC_2));
            case 6 ->
                Expression.of(
                        "is null over",
                        BOOL,
                        "(",
                        values.any(depth - 1),
                        ")",
                        dice.pick(" IS NULL", " IS NOT NULL", " ISNULL", " NOTNULL"));
            case 7 ->
                Expression.of("starts_with()", BOOL, "starts_with(", values.text(depth - 1), ", ", values.part(), ")");
            case 8 ->
                Expression.of(
                        "is distinct over",
                        BOOL,
                        values.integer(depth - 1),
                        dice.pick(" IS DISTINCT FROM ", " IS NOT DISTINCT FROM "),
                        dice.pick("NULL", "1", "0"));
            case 9 ->
                Expression.of(
                        "in over",
                        BOOL,
                        values.integer(depth - 1),
                        dice.pick(" IN (", " NOT IN ("),
                        dice.pick("1, 2, NULL", "0, 7", "3"),
                        ")");
            case 10 ->
                Expression.of(
                        "between over",
                        BOOL,
                        values.text(depth - 1),
                        dice.pick(" BETWEEN ", " NOT BETWEEN ", " BETWEEN SYMMETRIC "),
                        "'b' AND 'a'");
            default ->
                Expression.of(
                        "like over",
                        BOOL,
                        values.text(depth - 1),
                        dice.pick(" LIKE ", " NOT LIKE ", " ILIKE ", " NOT ILIKE "),
                        dice.percent(20)
                                ? values.text(0)
                                : dice.pick("'%a%'", "'ROW%'", "'_'", "'a!%' ESCAPE '!'", "'%' || 'a'", "lower('%A')"));
        };
    }

    private Expression dateWithTimestamp() {
        Expression day = values.column(DATE);
        Expression moment = values.column(TIMESTAMP);
        String interval =
                dice.pick("interval '1 month'", "interval '1 hour'", "'90 days'::interval", "interval '3' month");
        return switch (dice.below(7)) {
            case 0 -> comparison("date with timestamp", day, moment);
            case 1 -> comparison("date with timestamp", moment, day);
            case 2 -> Expression.of("date with timestamp", BOOL, day, comparator(), "timestamp '2024-02-29 12:00:00'");
            case 3 -> Expression.of("date with timestamp", BOOL, moment, comparator(), "date '2024-02-29'");
            case 4 ->
                Expression.of(
                        "moment computed", BOOL, moment, comparator(), "timestamp '2024-03-31 00:00:00' - ", interval);
            case 5 -> Expression.of("moment computed", BOOL, day, comparator(), "date '2024-03-31' - ", interval);
            default ->
                Expression.of(
                        "moment computed",
                        BOOL,
                        dice.percent(50) ? day : moment,
                        " BETWEEN date '2024-02-20' AND date '2024-02-20' + ",
                        interval);
        };
    }

    private String comparator() {
        return dice.pick(" = ", " <> ", " < ", " >= ");
    }

    private Expression comparison(String label, Expression a, Expression b) {
        return Expression.of(label, BOOL, a, comparator(), b);
    }

    /** A condition about arrays or rows. */
    Expression list() {
        Expression number = values.integerColumn();
        Expression text = values.textColumn();
        return switch (dice.below(8)) {
            case 0 -> Expression.of("= any", BOOL, number, " = ANY ('{1,2,7,NULL}')");
            case 1 -> Expression.of("= any", BOOL, number, " = ANY ('{", dice.pick("", "1", "0,10,20"), "}'::int[])");
            case 2 ->
                Expression.of("<> all", BOOL, number, " <> ALL (ARRAY[1, 2, ", dice.pick("3", "NULL", "-1"), "])");
            case 3 -> Expression.of("= any", BOOL, text, " = ANY (", operands.array(TEXT), ")");
            case 4 -> Expression.of("= any", BOOL, number, " = ANY (", operands.array(INT4), ")");
            case 5 ->
                Expression.of(
                        "row compared",
                        BOOL,
                        "(",
                        number,
                        ", ",
                        text,
                        ")",
                        comparator(),
                        "(",
                        operands.ofType(INT4),
                        ", ",
                        operands.ofType(TEXT),
                        ")");
            case 6 ->
                Expression.of(
                        "row in",
                        BOOL,
                        "(",
                        number,
                        ", ",
                        text,
                        ") IN ((1, 'a'), (7, NULL), (",
                        operands.ofType(INT4),
                        ", 'b'))");
            default ->
                Expression.of(
                        "= any",
                        BOOL,
                        values.column(DATE, UUID),
                        " = ANY (",
                        operands.array(dice.percent(50) ? DATE : UUID),
                        ")");
        };
    }
}
