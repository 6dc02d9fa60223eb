package dev.sqlmem.oracle;

import dev.sqlmem.testing.RowOrder;
import java.util.ArrayList;
import java.util.List;

/** Statements about expressions: in the select list, in conditions, in groups, as keys of an order. */
final class ExpressionStatements {
    private static final String LABEL = "x ";

    private final OracleTable table;
    private final Dice dice;
    private final StatementWriter writer;
    private final ExpressionWriter expressions;
    private final ConditionWriter conditions;
    private final AggregateWriter aggregates;

    ExpressionStatements(OracleTable table, Dice dice, Operands operands, StatementWriter writer) {
        this.table = table;
        this.dice = dice;
        this.writer = writer;
        this.expressions = new ExpressionWriter(table, dice, operands, writer::name);
        this.conditions = new ConditionWriter(expressions, operands, dice);
        this.aggregates = new AggregateWriter(expressions, dice);
    }

    GeneratedStatement any() {
        int die = dice.below(100);
        if (die < 45) {
            return projection();
        }
        if (die < 65) {
            return condition();
        }
        return die < 80 ? aggregates() : die < 95 ? groups() : constants();
    }

    private GeneratedStatement projection() {
        List<SqlText> items = new ArrayList<>();
        Expression first = expressions.any(2);
        items.add(first.text());
        for (int i = dice.below(2); i > 0; i--) {
            items.add(expressions.any(1).text().add(dice.pick("", " AS y", " AS \"Y\"")));
        }
        SqlText sql = SqlText.of(dice.percent(8) ? "SELECT DISTINCT " : "SELECT ")
                .add(SqlText.join(", ", items))
                .add(writer.from());
        if (table.large() || dice.percent(50)) {
            sql.add(" WHERE ").add(writer.few(modest()));
        }
        if (dice.percent(25)) {
            sql.add(" ORDER BY ")
                    .add(dice.percent(50) ? SqlText.of("1") : first.text())
                    .add(dice.pick("", " DESC"));
        }
        return new GeneratedStatement(LABEL + first.label(), sql, new RowOrder.Any(), items.size(), false);
    }

    /** Keeps values at the borders of their types out, with which most arithmetic only fails. */
    private SqlText modest() {
        List<String> ranges = new ArrayList<>();
        for (OracleColumn column : table.columns()) {
            if (column.type().isInteger() && !column.sql().equals("id")) {
                ranges.add(writer.name(column) + dice.pick(" BETWEEN -1000 AND 1000", " BETWEEN 1 AND 30000"));
            }
            if (column.type() == SampleType.DATE) {
                ranges.add(writer.name(column) + " BETWEEN '1000-01-01' AND '3000-01-01'");
            }
            if (column.type() == SampleType.TIMESTAMP) {
                ranges.add(writer.name(column) + " BETWEEN '1000-01-01 00:00:00' AND '3000-01-01 00:00:00'");
            }
        }
        if (ranges.isEmpty() || dice.percent(30)) {
            return expressions.bool(1).text();
        }
        if (dice.percent(60)) {
            return SqlText.of(String.join(" AND ", ranges));
        }
        return SqlText.of(String.join(" AND ", ranges.subList(0, dice.between(1, ranges.size()))));
    }

    private GeneratedStatement condition() {
        Expression condition = dice.percent(40) ? conditions.list() : expressions.bool(1);
        SqlText sql = SqlText.of("SELECT " + writer.name(dice.pick(table.columns())) + writer.from() + " WHERE ");
        SqlText text =
                dice.percent(20) ? SqlText.of("NOT (").add(condition.text()).add(")") : condition.text();
        sql.add(writer.few(text));
        String label =
                (condition.label().startsWith("=") || condition.label().startsWith("row") ? LABEL : LABEL + "where ")
                        + condition.label();
        return new GeneratedStatement(label, sql, new RowOrder.Any(), 1, false);
    }

    private GeneratedStatement aggregates() {
        List<SqlText> items = new ArrayList<>();
        Expression first = dice.percent(20) ? aggregates.overAggregates() : aggregates.any(1);
        items.add(first.text());
        if (dice.percent(40)) {
            items.add(aggregates.any(0).text());
        }
        SqlText sql = SqlText.of("SELECT ").add(SqlText.join(", ", items)).add(writer.from());
        if (dice.percent(60)) {
            sql.add(" WHERE ").add(modest());
        }
        return new GeneratedStatement(LABEL + first.label(), sql, new RowOrder.Total(), items.size(), false);
    }

    private GeneratedStatement groups() {
        Expression key = expressions.any(1);
        Expression aggregate = dice.percent(20) ? aggregates.overAggregates() : aggregates.any(0);
        SqlText sql = SqlText.of("SELECT ")
                .add(key.text())
                .add(" AS k, ")
                .add(aggregate.text())
                .add(writer.from() + " WHERE ")
                .add(writer.few(modest()))
                .add(" GROUP BY ")
                .add(dice.percent(50) ? SqlText.of(dice.pick("1", "k")) : key.text());
        String label = "group by expression";
        if (dice.percent(40)) {
            label = "having";
            sql.add(" HAVING ")
                    .add(dice.pick("count(*) > 1", "count(*) BETWEEN 1 AND 3", "max(id) IS NOT NULL", "avg(1) > 0"));
        }
        if (dice.percent(40)) {
            sql.add(" ORDER BY " + dice.pick("1", "k DESC", "count(*), 1", "2 NULLS FIRST"));
        }
        return new GeneratedStatement(LABEL + label, sql, new RowOrder.Any(), 2, false);
    }

    private GeneratedStatement constants() {
        String c = writer.name(dice.pick(table.columns()));
        String list = dice.pick(
                "1, 'x', NULL, " + c,
                "1.50 AS one, " + c,
                "true, false AS f, " + c,
                "date '2024-02-29', " + c,
                "'7'::int AS seven, 7::text, -2147483648, " + c,
                "1 + 1 AS two, 'a' || 'b', " + c,
                "NULL::numeric(5,2), NULL::text, " + c,
                c + " AS a, 3000000000, -9223372036854775808");
        SqlText sql = SqlText.of("SELECT " + list + writer.from())
                .add(" WHERE ")
                .add(writer.few(expressions.bool(0).text()));
        return new GeneratedStatement(LABEL + "constants", sql, new RowOrder.Any(), 0, false);
    }
}
