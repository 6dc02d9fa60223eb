package dev.sqlmem.oracle;

import dev.sqlmem.oracle.Sources.Pair;
import dev.sqlmem.oracle.Sources.Source;
import dev.sqlmem.testing.RowOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes expressions over what joins and derived tables give, where any column may be null. */
final class ComputedWriter {
    private final Dice dice;
    private final Operands operands;
    private final Sources sources;

    ComputedWriter(Dice dice, Operands operands, Sources sources) {
        this.dice = dice;
        this.operands = operands;
        this.sources = sources;
    }

    GeneratedStatement overJoin() {
        Pair pair = sources.pair("x", "y");
        List<OracleColumn> columns = new ArrayList<>(qualified(pair.left()));
        columns.addAll(qualified(pair.right()));
        String kind = dice.pick(" JOIN ", " LEFT JOIN ", " RIGHT JOIN ", " FULL JOIN ");
        String from = pair.left().from() + kind + pair.right().from() + " ON " + pair.equal() + " WHERE "
                + sources.few(dice.percent(50) ? pair.left() : pair.right());
        return statement("join computed", columns, SqlText.of(from));
    }

    GeneratedStatement overDerived() {
        Source one = sources.any("x");
        List<OracleColumn> shown = dice.some(one.table().columns(), 6);
        String list = shown.stream().map(one::name).collect(Collectors.joining(", "));
        List<OracleColumn> columns = shown.stream()
                .map(column -> new OracleColumn("d." + column.sql(), column.type(), column.samples()))
                .toList();
        SqlText inner = SqlText.of("(SELECT " + list + " FROM " + one.from() + " WHERE ")
                .add(sources.condition(one))
                .add(dice.percent(20) ? " LIMIT 100000) d" : ") d");
        return statement("derived computed", columns, inner.add(" WHERE true"));
    }

    private static List<OracleColumn> qualified(Source source) {
        return source.table().columns().stream()
                .map(column -> new OracleColumn(source.name(column), column.type(), column.samples()))
                .toList();
    }

    private GeneratedStatement statement(String label, List<OracleColumn> columns, SqlText from) {
        OracleTable all = new OracleTable("", label, columns, Set.of(), false, 0);
        ExpressionWriter computed = new ExpressionWriter(all, dice, operands, OracleColumn::sql);
        TypedExpressions typed = new TypedExpressions(all, dice, operands, OracleColumn::sql);
        boolean isTyped = columns.stream().anyMatch(column -> column.type() != SampleType.OTHER);
        Expression first = isTyped && dice.percent(50) ? typed.value() : computed.any(1);
        SqlText sql = SqlText.of("SELECT ");
        boolean grouped = dice.percent(30);
        if (grouped) {
            boolean open = !first.type().isIdentity();
            sql.add(first.text())
                    .add(" AS k, ")
                    .add(new AggregateWriter(computed, dice).any(0).text())
                    .add(", count(*) FROM ")
                    .add(from);
            sql.add(condition(computed, typed, isTyped)).add(" GROUP BY 1");
            return new GeneratedStatement(
                    open ? StatementWriter.OPEN : label + " groups", sql, new RowOrder.Any(), 0, false);
        }
        sql.add(first.text()).add(", " + dice.pick(columns).sql() + " FROM ").add(from);
        return new GeneratedStatement(
                label, sql.add(condition(computed, typed, isTyped)), new RowOrder.Any(), 2, false);
    }

    private SqlText condition(ExpressionWriter computed, TypedExpressions typed, boolean isTyped) {
        if (dice.percent(50)) {
            return SqlText.of("");
        }
        Expression condition = isTyped && dice.percent(60) ? typed.condition() : computed.bool(1);
        return SqlText.of(" AND (").add(condition.text()).add(")");
    }
}
