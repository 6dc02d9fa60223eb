package dev.sqlmem.oracle;

import dev.sqlmem.testing.RowOrder;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Statements about expressions of every type, and the forms of a query over one table that fit any of them. */
final class TypedStatements {
    private final OracleTable table;
    private final Dice dice;
    private final Operands operands;
    private final StatementWriter writer;
    private final TypedExpressions expressions;

    TypedStatements(OracleTable table, Dice dice, Operands operands, StatementWriter writer) {
        this.table = table;
        this.dice = dice;
        this.operands = operands;
        this.writer = writer;
        this.expressions = new TypedExpressions(table, dice, operands, writer::name);
    }

    GeneratedStatement any() {
        int die = dice.below(100);
        if (die < 35) {
            return projection();
        }
        if (die < 60) {
            return condition();
        }
        if (die < 72) {
            return aggregate();
        }
        if (die < 82) {
            return groups();
        }
        return switch (dice.below(5)) {
            case 0 -> distinct();
            case 1 -> groupsByKey();
            case 2 -> having();
            case 3 -> allRowsByLimit();
            default -> oneParameterTwice();
        };
    }

    private String label(Expression expression, OracleColumn about) {
        return dice.percent(70) || about.type() == SampleType.OTHER
                ? expression.label()
                : "type " + about.type().sql();
    }

    private GeneratedStatement projection() {
        Expression expression = expressions.value();
        OracleColumn column = dice.pick(table.columns());
        SqlText sql = SqlText.of("SELECT ").add(expression.text()).add(", " + writer.name(column) + writer.from());
        if (table.large() || dice.percent(50)) {
            sql.add(" WHERE ").add(writer.few(expressions.condition().text()));
        }
        return new GeneratedStatement(label(expression, column), sql, new RowOrder.Any(), 2, false);
    }

    private GeneratedStatement condition() {
        Expression first = expressions.condition();
        OracleColumn column = dice.pick(table.columns());
        SqlText where = switch (dice.below(4)) {
            case 0 ->
                SqlText.of("(")
                        .add(first.text())
                        .add(dice.pick(") AND (", ") OR ("))
                        .add(expressions.condition().text())
                        .add(")");
            case 1 -> SqlText.of("NOT (").add(first.text()).add(")");
            default -> first.text();
        };
        SqlText sql = SqlText.of("SELECT " + writer.name(column) + writer.from() + " WHERE ")
                .add(writer.few(where));
        return new GeneratedStatement(
                label(first, column).replace("t ", "t where "), sql, new RowOrder.Any(), 1, false);
    }

    private GeneratedStatement aggregate() {
        Expression of = expressions.value();
        String function = of.type().isSummable() ? dice.pick("sum(", "avg(", "count(", "sum(DISTINCT ") : "count(";
        boolean extremes = of.type().hasExtremes() && of.type().isIdentity();
        function = extremes && dice.percent(50) ? dice.pick("min(", "max(") : function;
        function = of.type() == SampleType.BOOL ? dice.pick("bool_or(", "bool_and(", "count(") : function;
        SqlText sql = SqlText.of("SELECT " + function).add(of.text()).add(")");
        if (dice.percent(30)) {
            sql.add(" FILTER (WHERE ").add(expressions.condition().text()).add(")");
        }
        sql.add(", count(*)" + writer.from());
        if (dice.percent(40)) {
            sql.add(" WHERE ").add(expressions.condition().text());
        }
        return new GeneratedStatement("t aggregate", sql, new RowOrder.Total(), 2, false);
    }

    private GeneratedStatement groups() {
        Expression key = expressions.value();
        SqlText sql = SqlText.of("SELECT count(*), ")
                .add(key.text())
                .add(" AS k" + writer.from() + " WHERE ")
                .add(writer.few(expressions.condition().text()))
                .add(" GROUP BY " + dice.pick("2", "k"));
        boolean open = !key.type().isIdentity();
        return new GeneratedStatement(open ? StatementWriter.OPEN : "t group by", sql, new RowOrder.Any(), 2, false);
    }

    private List<OracleColumn> keys(int most) {
        List<OracleColumn> columns = table.columns().stream()
                .filter(column -> column.type().isIdentity())
                .toList();
        return dice.some(columns, most);
    }

    private String names(List<OracleColumn> columns) {
        return columns.stream().map(writer::name).collect(Collectors.joining(", "));
    }

    private GeneratedStatement distinct() {
        List<OracleColumn> columns = keys(3);
        SqlText sql = SqlText.of("SELECT DISTINCT " + names(columns) + writer.from());
        if (table.large() || dice.percent(40)) {
            sql.add(" WHERE ").add(writer.few(expressions.condition().text()));
        }
        boolean total = dice.percent(50);
        if (total) {
            sql.add(" ORDER BY ");
            for (int i = 1; i <= columns.size(); i++) {
                sql.add((i > 1 ? ", " : "") + i + dice.pick("", " DESC", " NULLS FIRST"));
            }
            sql.add(
                    dice.percent(50)
                            ? SqlText.of(" LIMIT ").add(operands.number(dice.between(0, 9), 0))
                            : SqlText.of(""));
        }
        return new GeneratedStatement(
                "distinct", sql, total ? new RowOrder.Total() : new RowOrder.Any(), columns.size(), false);
    }

    /** Columns that depend on a key that the rows are grouped by. */
    private GeneratedStatement groupsByKey() {
        OracleColumn id = table.columns().get(0);
        List<OracleColumn> columns = dice.some(table.columns(), 3);
        SqlText sql = SqlText.of("SELECT " + names(columns) + ", count(*)" + writer.from() + " WHERE ")
                .add(writer.few(expressions.condition().text()))
                .add(" GROUP BY " + writer.name(id)
                        + (table.key().equals(Set.of(id.sql())) ? "" : ", " + names(columns)));
        return new GeneratedStatement("group by key", sql, new RowOrder.Any(), columns.size() + 1, false);
    }

    private GeneratedStatement having() {
        String c = writer.name(dice.pick(keys(1)));
        String aggregate = dice.pick("count(*)", "count(" + c + ")", "count(DISTINCT " + c + ")");
        SqlText sql = SqlText.of("SELECT " + dice.pick(aggregate, "count(*)", "7") + writer.from());
        if (dice.percent(40)) {
            sql.add(" WHERE ").add(expressions.condition().text());
        }
        sql.add(" HAVING " + aggregate + dice.pick(" > ", " = ", " <= ")).add(operands.number(dice.below(30), 0));
        return new GeneratedStatement("having alone", sql, new RowOrder.Any(), 1, false);
    }

    /** A limit without an order, above all rows. */
    private GeneratedStatement allRowsByLimit() {
        SqlText sql = SqlText.of("SELECT " + names(dice.some(table.columns(), 3)) + writer.from() + " WHERE ")
                .add(writer.few(expressions.condition().text()))
                .add(" LIMIT ")
                .add(operands.number(40_000, dice.pick(List.of(0, 20))));
        return new GeneratedStatement("limit without order", sql, new RowOrder.Any(), 0, false);
    }

    private GeneratedStatement oneParameterTwice() {
        OracleColumn column = dice.pick(keys(1));
        Hole hole = operands.plain(column);
        SqlText sql = SqlText.of("SELECT " + writer.name(column) + ", 1 AS one" + writer.from() + " WHERE ")
                .add(writer.few(SqlText.of(writer.name(column) + dice.pick(" = ", " < "))
                        .add(hole)
                        .add(" OR " + writer.name(column) + dice.pick(" = ", " IS DISTINCT FROM "))
                        .add(hole)));
        return new GeneratedStatement("parameter twice", sql, new RowOrder.Any(), 2, false);
    }
}
