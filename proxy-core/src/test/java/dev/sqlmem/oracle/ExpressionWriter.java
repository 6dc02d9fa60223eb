package dev.sqlmem.oracle;

import static dev.sqlmem.oracle.SampleType.*;

import java.util.List;
import java.util.function.Function;

/** Writes expressions over a table's columns: every construct that the cache computes, and borders around it. */
final class ExpressionWriter {
    private static final List<String> SPANS = List.of(
            "interval '1 second'",
            "interval '2 hours'",
            "'90 minutes'::interval",
            "interval '23:59:59'",
            "interval '24:00'",
            "interval '49 hours'",
            "interval '1 day 12 hours'",
            "interval '3' month",
            "interval '20' hour",
            "interval '1 year 2 months 10 days 00:30'",
            "interval '-1 hour'",
            "interval '1.5 hours'");

    private final OracleTable table;
    private final Dice dice;
    private final Operands operands;
    private final Function<OracleColumn, String> naming;

    ExpressionWriter(OracleTable table, Dice dice, Operands operands, Function<OracleColumn, String> naming) {
        this.table = table;
        this.dice = dice;
        this.operands = operands;
        this.naming = naming;
    }

    /** An expression of any type. */
    Expression any(int depth) {
        boolean hasTimes = table.columns().stream().anyMatch(c -> c.type() == TIME || c.type() == TIMETZ);
        if (hasTimes && dice.percent(12)) {
            return timeOfDay();
        }
        return switch (dice.below(12)) {
            case 0, 1, 2 -> integer(depth);
            case 3, 4, 5 -> numeric(depth);
            case 6, 7, 8 -> text(depth);
            case 9 -> bool(depth);
            case 10 -> date(depth);
            default -> timestamp(depth);
        };
    }

    /** A column of one of the types, or a value where the table has none. */
    Expression column(SampleType... types) {
        List<SampleType> wanted = List.of(types);
        List<OracleColumn> columns =
                table.columns().stream().filter(c -> wanted.contains(c.type())).toList();
        if (columns.isEmpty()) {
            SampleType type = wanted.get(0);
            return Expression.of("constant", type, SampleValue.quoted(operands.some(type)) + "::" + type.sql());
        }
        OracleColumn column = dice.pick(columns);
        return Expression.of("column", column.type(), naming.apply(column));
    }

    Expression integerColumn() {
        return column(INT4, INT2, INT8);
    }

    Expression numericColumn() {
        return column(NUMERIC_2, NUMERIC_6, NUMERIC_0);
    }

    Expression textColumn() {
        return dice.percent(8) ? column(CHAR) : column(TEXT, VARCHAR);
    }

    Expression integer(int depth) {
        Expression a = depth > 0 && dice.percent(40) ? integer(depth - 1) : integerColumn();
        if (depth == 0 && dice.percent(30)) {
            return a;
        }
        Object small = few("1", "2", "7", "10", "0", "-1", "100", "-3");
        return switch (dice.below(18)) {
            case 0 -> Expression.of("int + -", INT4, "(", a, dice.pick(" + ", " - "), small, ")");
            case 1 -> Expression.of("int + -", INT4, "(", a, dice.pick(" + ", "-"), integerColumn(), ")");
            case 2 -> Expression.of("int *", INT4, "(", a, " * ", dice.percent(50) ? small : integerColumn(), ")");
            case 3 -> Expression.of("int / %", INT4, "(", a, dice.pick(" / ", " % "), small, ")");
            case 4 -> Expression.of("int / %", INT4, "(", a, dice.pick(" / ", " % "), integerColumn(), ")");
            case 5 -> Expression.of("int sign", INT4, dice.pick("(- ", "abs(", "(~ "), a, ")");
            case 6 -> Expression.of("int bits", INT4, "(", a, dice.pick(" & ", " | ", " # "), integerColumn(), ")");
            case 7 ->
                Expression.of(
                        "int shift", INT4, "(", a, dice.pick(" >> ", " << "), dice.pick("1", "3", "31", "0"), ")");
            case 8 -> Expression.of("mod()", INT4, "mod(", a, ", ", small, ")");
            case 9, 10 ->
                Expression.of(
                        "length()",
                        INT4,
                        dice.pick(
                                "length(", "char_length(", "character_length(", "octet_length(", "pg_catalog.length("),
                        text(depth - 1),
                        ")");
            case 11 -> Expression.of("strpos()", INT4, "strpos(", text(depth - 1), ", ", part(), ")");
            case 12 -> Expression.of("strpos()", INT4, "position(", part(), " in ", textColumn(), ")");
            case 13 ->
                Expression.of(
                        "cast to int", INT4, numericColumn(), dice.pick("::int", "::bigint", "::int8", "::smallint"));
            case 14 ->
                Expression.of("cast to int", INT8, "CAST(", a, " AS " + dice.pick("bigint", "int", "int2") + ")");
            case 15 ->
                Expression.of(
                        "date - date",
                        INT4,
                        "(",
                        column(DATE),
                        " - ",
                        dice.percent(50) ? column(DATE) : "'2024-02-29'",
                        ")");
            case 16 ->
                dice.percent(50)
                        ? Expression.of("ascii()", INT4, "ascii(", textColumn(), ")")
                        : Expression.of("cast to int", INT4, column(BOOL), "::int");
            default -> conditional(a, integerColumn(), small);
        };
    }

    /** A literal or a parameter. */
    private Object few(String... numbers) {
        String number = dice.pick(numbers);
        return dice.percent(30) ? operands.small(number) : number;
    }

    Object part() {
        String text = dice.pick("a", "", "row", "é", " ", "😀");
        return dice.percent(30) ? operands.pattern(text) : SampleValue.quoted(text);
    }

    /** Constructs that every type has. */
    Expression conditional(Expression a, Expression b, Object literal) {
        SampleType type = a.type();
        Object second = dice.percent(30) ? "NULL" : literal;
        Expression test = bool(0);
        return switch (dice.below(8)) {
            case 0 -> Expression.of("coalesce", type, "coalesce(", a, ", ", literal, ")");
            case 1 -> Expression.of("coalesce", type, "COALESCE(", a, ", ", b, ", ", second, ")");
            case 2 -> Expression.of("nullif", type, "nullif(", a, ", ", literal, ")");
            case 3 -> Expression.of("nullif", type, "NULLIF(", a, ", ", b, ")");
            case 4 -> Expression.of("greatest", type, dice.pick("greatest(", "least("), a, ", ", b, ", ", second, ")");
            case 5 -> Expression.of("case", type, "CASE WHEN ", test, " THEN ", a, " ELSE ", second, " END");
            case 6 ->
                Expression.of(
                        "case", type, "CASE WHEN ", test, " THEN ", literal, " WHEN ", bool(0), " THEN ", b, " END");
            default -> Expression.of("case of", type, "CASE ", a, " WHEN ", literal, " THEN ", b, " ELSE ", a, " END");
        };
    }

    Expression numeric(int depth) {
        Expression a = depth > 0 && dice.percent(40) ? numeric(depth - 1) : numericColumn();
        if (depth == 0 && dice.percent(30)) {
            return a;
        }
        String number = dice.pick("1.5", "0", "100", "0.01", "-2.50", "1e2", ".5", "3");
        Object literal = dice.percent(30) ? operands.decimal(number) : number;
        return switch (dice.below(14)) {
            case 0 -> Expression.of("numeric + -", NUMERIC_2, "(", a, dice.pick(" + ", " - "), literal, ")");
            case 1 -> Expression.of("numeric + -", NUMERIC_2, "(", a, dice.pick(" + ", " - "), numericColumn(), ")");
            case 2 -> Expression.of("numeric + -", NUMERIC_2, "(", a, " + ", integerColumn(), ")");
            case 3 ->
                Expression.of("numeric *", NUMERIC_2, "(", a, " * ", dice.percent(60) ? literal : numericColumn(), ")");
            case 4 ->
                Expression.of("numeric /", NUMERIC_2, "(", a, " / ", dice.percent(60) ? literal : numericColumn(), ")");
            case 5 ->
                Expression.of("numeric %", NUMERIC_2, "(", a, " % ", dice.percent(60) ? literal : numericColumn(), ")");
            case 6 -> Expression.of("numeric sign", NUMERIC_2, dice.pick("(- ", "abs("), a, ")");
            case 7 ->
                Expression.of(
                        "round()",
                        NUMERIC_2,
                        dice.pick("round(", "trunc("),
                        a,
                        dice.pick("", ", 1", ", 0", ", 3", ", -1"),
                        ")");
            case 8 -> Expression.of("floor()", NUMERIC_2, dice.pick("floor(", "ceil(", "ceiling("), a, ")");
            case 9 ->
                Expression.of(
                        "cast to numeric",
                        NUMERIC_2,
                        integerColumn(),
                        dice.pick("::numeric", "::numeric(12,2)", "::decimal(5)"));
            case 10 ->
                Expression.of(
                        "cast to numeric",
                        NUMERIC_2,
                        "CAST(",
                        a,
                        " AS numeric(",
                        dice.pick("14,1", "18,4", "6,2"),
                        "))");
            case 11 -> Expression.of("extract", NUMERIC_2, "extract(", field(), " from ", column(DATE, TIMESTAMP), ")");
            default -> conditional(a, numericColumn(), literal);
        };
    }

    String field() {
        return dice.pick(
                "year", "month", "day", "hour", "minute", "second", "dow", "isodow", "doy", "quarter", "epoch");
    }

    Expression text(int depth) {
        Expression a = depth > 0 && dice.percent(40) ? text(depth - 1) : textColumn();
        if (depth <= 0 && dice.percent(50)) {
            return a;
        }
        Object n = few("0", "1", "2", "3", "10", "-1", "-2", "-2147483648", "2147483647");
        return switch (dice.below(20)) {
            case 18, 19 -> Expression.of("lower/upper", TEXT, dice.pick("lower(", "upper("), a, ")");
            case 0 -> Expression.of("||", TEXT, "(", a, " || ", dice.percent(50) ? "'-'" : textColumn(), ")");
            case 1 -> Expression.of("||", TEXT, "('<' || ", a, " || '>')");
            case 2 -> Expression.of("||", TEXT, "(", a, " || ", integerColumn(), ")");
            case 3 -> Expression.of("substr()", TEXT, dice.pick("substr(", "substring("), a, ", ", n, ")");
            case 4 ->
                Expression.of(
                        "substr()",
                        TEXT,
                        dice.pick("substr(", "substring("),
                        a,
                        ", ",
                        n,
                        ", ",
                        dice.pick("0", "1", "4", "-1"),
                        ")");
            case 5 -> Expression.of("substr()", TEXT, "substring(", a, " from ", n, dice.pick("", " for 2"), ")");
            case 6 -> Expression.of("left/right", TEXT, dice.pick("left(", "right("), a, ", ", n, ")");
            case 7 -> Expression.of("trim", TEXT, dice.pick("trim(", "btrim(", "ltrim(", "rtrim("), a, ")");
            case 8 ->
                Expression.of(
                        "trim",
                        TEXT,
                        dice.pick("btrim(", "ltrim(", "rtrim("),
                        a,
                        ", ",
                        dice.pick("' a'", "'xé'", "''"),
                        ")");
            case 9 ->
                Expression.of(
                        "trim",
                        TEXT,
                        "trim(",
                        dice.pick("both", "leading", "trailing", "both 'a'", "leading 'r'", "'a'"),
                        " from ",
                        a,
                        ")");
            case 10 ->
                Expression.of(
                        "replace()", TEXT, "replace(", a, ", ", part(), ", ", dice.pick("''", "'b'", "'日本'"), ")");
            case 11 ->
                Expression.of(
                        "concat()", TEXT, "concat(", a, ", ", integerColumn(), ", ", dice.pick("NULL", "'x'"), ")");
            case 12 ->
                Expression.of(
                        "concat()",
                        TEXT,
                        "concat_ws(",
                        dice.pick("','", "''", "NULL"),
                        ", ",
                        a,
                        ", ",
                        textColumn(),
                        ")");
            case 13 ->
                Expression.of("cast to text", TEXT, integer(0), dice.pick("::text", "::varchar", "::varchar(3)"));
            case 14 -> Expression.of("cast to text", TEXT, "CAST(", column(BOOL, CHAR), " AS text)");
            case 15 ->
                Expression.of("cast to text", TEXT, a, dice.pick("::text", "::varchar(4)", "::char(5)", "::varchar"));
            default -> conditional(a, textColumn(), dice.pick("''", "'none'", "'é'"));
        };
    }

    Expression bool(int depth) {
        return new ConditionWriter(this, operands, dice).any(depth);
    }

    Expression date(int depth) {
        Expression a = column(DATE);
        return switch (dice.below(6)) {
            case 0, 1 ->
                Expression.of(
                        "date +- int", DATE, "(", a, dice.pick(" + ", " - "), dice.pick("1", "30", "0", "-1"), ")");
            case 2 ->
                dice.percent(50)
                        ? Expression.of("cast to date", DATE, column(TIMESTAMP), "::date")
                        : Expression.of("date()", DATE, "date(", column(TIMESTAMP), ")");
            case 3 -> Expression.of("date literal", DATE, "date '2024-02-29'");
            default -> conditional(a, column(DATE), dice.pick("'2024-01-01'", "date '1999-12-31'"));
        };
    }

    Expression timestamp(int depth) {
        Expression a = column(TIMESTAMP);
        return switch (dice.below(6)) {
            case 0, 1 ->
                Expression.of(
                        "timestamp +- interval",
                        TIMESTAMP,
                        "(",
                        dice.percent(60) ? a : column(DATE),
                        dice.pick(" + ", " - "),
                        dice.pick(
                                "interval '1 day'",
                                "interval '2 hours'",
                                "'90 minutes'::interval",
                                "interval '1 month'",
                                "interval '3' month",
                                "interval '1 year 2 months 10 days'",
                                "interval '-1 month'",
                                "interval '13 months -1 day'",
                                "'1 year'::interval",
                                "interval '100 years 12:00'",
                                "interval '2' day",
                                "interval '1.5 months'",
                                "interval '1 week 02:30'"),
                        ")");
            case 2 -> Expression.of("cast to timestamp", TIMESTAMP, column(DATE), "::timestamp");
            case 3, 4 ->
                Expression.of(
                        "date_trunc()",
                        TIMESTAMP,
                        "date_trunc('",
                        dice.pick("year", "quarter", "month", "week", "day", "hour", "minute", "second"),
                        "', ",
                        a,
                        ")");
            default -> conditional(a, column(TIMESTAMP), "'2024-01-01 00:00:00'");
        };
    }

    /** A time of day beside an interval: whatever the two are, it is in range. */
    Expression timeOfDay() {
        Expression a = column(TIME, TIMETZ);
        String span = dice.pick(SPANS);
        boolean zoned = a.type() == TIMETZ;
        String label = zoned ? "timetz +- interval" : "time +- interval";
        return switch (dice.below(5)) {
            case 0 -> Expression.of(label, a.type(), "(", span, " + ", a, ")");
            case 1 -> Expression.of(label, a.type(), "(", a, " + ", span, " - ", dice.pick(SPANS), ")");
            case 2 -> Expression.of(label, BOOL, "(", a, dice.pick(" + ", " - "), span, ") ", compared(zoned));
            default -> Expression.of(label, a.type(), "(", a, dice.pick(" + ", " - "), span, ")");
        };
    }

    private String compared(boolean zoned) {
        String time = dice.pick("00:00:00", "12:00:00", "23:59:59.999999", "24:00:00");
        return dice.pick("= ", "< ", ">= ") + "'" + time + (zoned ? dice.pick("+00", "-01", "+05:30") : "") + "'";
    }
}
