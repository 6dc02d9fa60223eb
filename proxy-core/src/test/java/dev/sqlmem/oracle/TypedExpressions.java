package dev.sqlmem.oracle;

import java.util.List;
import java.util.function.Function;

/** Writes the expressions that exist for every type, over columns of one: choices, comparisons, casts, parameters. */
final class TypedExpressions {
    private final OracleTable table;
    private final Dice dice;
    private final Operands operands;
    private final Function<OracleColumn, String> naming;

    TypedExpressions(OracleTable table, Dice dice, Operands operands, Function<OracleColumn, String> naming) {
        this.table = table;
        this.dice = dice;
        this.operands = operands;
        this.naming = naming;
    }

    /** A value that is of the column's type, or of one that its type is cast to. */
    Expression value() {
        OracleColumn column = column();
        SampleType type = column.type();
        Expression a = named(column);
        Expression b = named(likeIt(column));
        return switch (dice.below(11)) {
            case 0 -> expression("coalesce", type, "coalesce(", a, ", ", b, ")");
            case 1 -> expression("coalesce", type, "coalesce(", a, ", ", operands.plain(column), ")");
            case 2 ->
                expression("nullif", type, "nullif(", a, ", ", dice.percent(50) ? b : operands.plain(column), ")");
            case 3 -> expression("case", type, "CASE WHEN ", condition(), " THEN ", a, " ELSE ", b, " END");
            case 4 ->
                expression(
                        "case",
                        type,
                        "CASE WHEN ",
                        condition(),
                        " THEN ",
                        operands.plain(column),
                        " WHEN ",
                        condition(),
                        " THEN NULL ELSE ",
                        a,
                        " END");
            case 5 ->
                expression(
                        "case of",
                        SampleType.INT4,
                        "CASE ",
                        a,
                        " WHEN ",
                        operands.plain(column),
                        " THEN 1 WHEN ",
                        dice.percent(50) ? b : operands.plain(column),
                        " THEN 2 ELSE 3 END");
            case 6 -> expression("greatest", type, dice.pick("greatest(", "least("), a, ", ", b, ")");
            case 7 ->
                expression(
                        "greatest",
                        type,
                        dice.pick("greatest(", "least("),
                        a,
                        ", ",
                        operands.plain(column),
                        ", ",
                        b,
                        ")");
            case 8 -> cast(column);
            case 9 ->
                expression("parameter", type, operands.plain(column), "::" + type.sql(), dice.pick("", " AS given"));
            default -> condition();
        };
    }

    /** A condition over columns of one type. */
    Expression condition() {
        OracleColumn column = column();
        Expression a = named(column);
        Expression b = named(likeIt(column));
        return switch (dice.below(9)) {
            case 0 -> condition("compared", a, dice.pick(" = ", " <> ", " < ", " >= "), b);
            case 1 ->
                condition(
                        "distinct",
                        a,
                        dice.pick(" IS DISTINCT FROM ", " IS NOT DISTINCT FROM "),
                        dice.percent(50) ? b : operands.plain(column));
            case 2 -> condition("value", a, dice.pick(" = ", " <> ", " <= ", " > "), operands.forColumn(column));
            case 3 ->
                condition(
                        "in",
                        a,
                        dice.pick(" IN (", " NOT IN ("),
                        operands.plain(column),
                        ", ",
                        dice.percent(30) ? b : operands.plain(column),
                        ")");
            case 4 ->
                condition(
                        "between",
                        a,
                        dice.pick(" BETWEEN ", " NOT BETWEEN "),
                        operands.plain(column),
                        " AND ",
                        dice.percent(30) ? b : operands.plain(column));
            case 5 -> condition("conditions compared", "(", a, " = ", operands.plain(column), ") = (", b, " IS NULL)");
            case 6 ->
                condition(
                        "condition is true",
                        "(",
                        a,
                        " = ",
                        operands.plain(column),
                        ")" + dice.pick(" IS TRUE", " IS NOT FALSE", " IS UNKNOWN", " IS NULL"));
            case 7 ->
                condition(
                        "coalesce compared",
                        "coalesce(",
                        a,
                        ", ",
                        operands.plain(column),
                        dice.pick(") = ", ") < "),
                        operands.plain(column));
            default ->
                condition(
                        "rows compared",
                        "(",
                        a,
                        ", ",
                        named(table.columns().get(0)),
                        ")",
                        dice.pick(" = ", " < ", " >= ", " <> "),
                        "(",
                        operands.plain(column),
                        ", ",
                        dice.pick("1", "7", "-3"),
                        ")");
        };
    }

    private Expression condition(String label, Object... parts) {
        return expression(label, SampleType.BOOL, parts);
    }

    private Expression expression(String label, SampleType type, Object... parts) {
        return Expression.of("t " + label, type, parts);
    }

    private Expression cast(OracleColumn column) {
        String to = dice.pick(targets(column.type()));
        Expression a = named(column);
        SampleType type = to.equals(column.type().sql()) ? column.type() : SampleType.OTHER;
        return dice.percent(60)
                ? expression("cast", type, a, "::" + to)
                : expression("cast", type, "CAST(", a, " AS " + to + ")");
    }

    private static List<String> targets(SampleType type) {
        return switch (type) {
            case BOOL -> List.of("int", "text");
            case INT2, INT4, INT8 ->
                List.of("int8", "int4", "numeric", "numeric(14,3)", "text", "float8", "int2", "varchar(4)", "bool");
            case NUMERIC_0, NUMERIC_2, NUMERIC_6 ->
                List.of("int", "int8", "numeric(14,1)", "numeric", "text", "float8");
            case TEXT, VARCHAR, CHAR, NAME -> List.of("text", "varchar", "varchar(3)", "char(4)", "name");
            case DATE -> List.of("timestamp", "date", "text", "timestamptz");
            case TIMESTAMP, TIMESTAMPTZ -> List.of("date", "timestamp", "time", "timestamptz", "timestamp(0)", "text");
            default -> List.of("text", type.sql());
        };
    }

    private OracleColumn column() {
        List<OracleColumn> columns = table.columns().stream()
                .filter(column -> column.type() != SampleType.OTHER)
                .toList();
        return dice.pick(columns);
    }

    /** A column of the same type, perhaps itself. */
    private OracleColumn likeIt(OracleColumn column) {
        return dice.pick(table.columns().stream()
                .filter(other -> other.type() == column.type())
                .toList());
    }

    private Expression named(OracleColumn column) {
        return Expression.of("column", column.type(), naming.apply(column));
    }
}
