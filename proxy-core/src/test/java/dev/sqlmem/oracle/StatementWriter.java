package dev.sqlmem.oracle;

import dev.sqlmem.testing.RowOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes one right statement about one table.
 *
 * <p>It keeps account of what the statement leaves open: rows are compared in order only as far as
 * ORDER BY determines it, and LIMIT stands only where the order is total.
 */
final class StatementWriter {
    /** The label of statements that put out one of several values that are equal and look different. */
    static final String OPEN = "open representation";

    private static final int MOST_ROWS_OF_A_LARGE_TABLE = 60;

    private final OracleTable table;
    private final Dice dice;
    private final Operands operands;
    private final @Nullable String tableAlias;
    private boolean open;

    StatementWriter(OracleTable table, Dice dice, Operands operands) {
        this.table = table;
        this.dice = dice;
        this.operands = operands;
        this.tableAlias = dice.percent(35) ? dice.pick("t", "x", "\"T 1\"") : null;
    }

    GeneratedStatement projection() {
        List<Output> outputs = new ArrayList<>();
        for (OracleColumn column : dice.some(table.columns(), 6)) {
            outputs.add(Output.column(name(column), column, alias()));
        }
        if (dice.percent(6)) {
            outputs.add(outputs.get(0));
        }
        SqlText sql = selectList(outputs);
        String label = "projection";
        boolean whole = table.large() && dice.percent(2);
        if ((table.large() && !whole) || dice.percent(70)) {
            Predicates.Predicate where = predicates().any(table.columns(), 2);
            label = "where " + where.label();
            sql.add(" WHERE ").add(table.large() ? few(where.text()) : where.text());
        }
        Ordering ordering = new Ordering(dice, this::name, this::qualified, outputs);
        if (dice.percent(50)) {
            label = dice.percent(50) ? "order by" : label;
            sql.add(orderBy(ordering, table.columns()));
        }
        boolean total = !table.key().isEmpty() && ordering.names().containsAll(table.key());
        if (total && dice.percent(50)) {
            label = "limit";
            sql.add(limit());
        }
        return new GeneratedStatement(label, sql, ordering.rowOrder(total), outputs.size(), false);
    }

    GeneratedStatement aggregates() {
        List<Output> outputs = new ArrayList<>();
        for (int i = dice.between(1, 4); i > 0; i--) {
            outputs.add(aggregate());
        }
        SqlText sql = selectList(outputs);
        String label = "aggregate " + function(outputs.get(0));
        if (dice.percent(60)) {
            sql.add(" WHERE ").add(predicates().any(table.columns(), 2).text());
        }
        return new GeneratedStatement(open ? OPEN : label, sql, new RowOrder.Total(), outputs.size(), false);
    }

    GeneratedStatement groups() {
        List<OracleColumn> candidates = table.columns().stream()
                .filter(column -> column.type() != SampleType.OTHER)
                .filter(column -> !table.large() || !List.of("id", "ref").contains(column.sql()))
                .toList();
        List<OracleColumn> keys = dice.some(candidates, 2);
        List<Output> outputs = new ArrayList<>();
        for (OracleColumn key : keys) {
            if (dice.percent(85)) {
                open |= key.type().hasSeveralForms();
                outputs.add(Output.column(name(key), key, dice.percent(70) ? null : groupAlias(outputs.size())));
            }
        }
        for (int i = dice.between(outputs.isEmpty() ? 1 : 0, 3); i > 0; i--) {
            outputs.add(dice.below(outputs.size() + 1), aggregate());
        }
        SqlText sql = selectList(outputs);
        if (table.large() || dice.percent(40)) {
            Predicates.Predicate where = predicates().any(table.columns(), 1);
            sql.add(" WHERE ").add(table.large() ? few(where.text()) : where.text());
        }
        sql.add(" GROUP BY " + keys.stream().map(key -> groupKey(key, outputs)).collect(Collectors.joining(", ")));
        if (dice.percent(4)) {
            sql.add(" HAVING count(*) > ").add(operands.number(dice.between(0, 2), 0));
        }
        Ordering ordering = new Ordering(dice, this::name, this::qualified, outputs);
        if (dice.percent(55)) {
            sql.add(orderBy(ordering, keys));
        }
        Set<String> grouped = keys.stream().map(OracleColumn::sql).collect(Collectors.toSet());
        boolean total = ordering.names().containsAll(grouped);
        if (total && dice.percent(35)) {
            sql.add(limit());
        }
        return new GeneratedStatement(open ? OPEN : "group by", sql, ordering.rowOrder(total), outputs.size(), false);
    }

    /** What the first set does not hold, and no refusal awaits: these are relayed, and still right. */
    GeneratedStatement beyond() {
        OracleColumn column = dice.pick(table.columns());
        String c = name(column);
        String sql = table.large() || dice.percent(50)
                ? dice.pick(
                        "SELECT count(*) + 1, 'x', 1.5, NULL" + from(),
                        "SELECT CASE WHEN " + c + " IS NULL THEN 'none' ELSE 'some' END, count(*)" + from()
                                + " GROUP BY 1",
                        "SELECT count(*) FILTER (WHERE " + c + " IS NOT NULL)" + from(),
                        "SELECT count(*)" + from() + " WHERE " + c + " = ANY (ARRAY[" + c + "])",
                        "SELECT max(length(" + c + "::text))" + from(),
                        "SELECT n FROM (SELECT count(*) AS n" + from() + ") s",
                        "WITH w AS (SELECT count(" + c + ") AS n" + from() + ") SELECT n FROM w",
                        "SELECT count(*)" + from() + " WHERE upper(" + c + "::text) ILIKE '%A%'",
                        "SELECT count(*)" + from() + " UNION ALL SELECT 1",
                        "SELECT avg(1), bool_and(true)" + from())
                : dice.pick(
                        "SELECT DISTINCT " + c + from(),
                        "SELECT coalesce(" + c + ", " + c + ") AS c, " + c + " IS NULL" + from(),
                        "SELECT " + c + "::text" + from() + " WHERE " + c + " IS NOT NULL",
                        "SELECT 1 AS one, true AS yes" + from() + " WHERE " + c + " IS NULL");
        boolean distinct = sql.startsWith("SELECT DISTINCT") && column.type().hasSeveralForms();
        return new GeneratedStatement(
                distinct ? OPEN : "beyond the first set", SqlText.of(sql), new RowOrder.Any(), 0, false);
    }

    /** The column as this statement writes it. */
    String name(OracleColumn column) {
        return dice.percent(tableAlias == null ? 85 : 30) ? column.sql() : qualified(column);
    }

    private String qualified(OracleColumn column) {
        if (tableAlias == null && dice.percent(25)) {
            return table.sql() + "." + column.sql(); // with the schema, where the table is written so
        }
        String qualifier =
                tableAlias == null ? table.sql().substring(table.sql().lastIndexOf('.') + 1) : tableAlias;
        return qualifier + "." + column.sql();
    }

    Predicates predicates() {
        return new Predicates(dice, operands, this::name);
    }

    String from() {
        return tableAlias == null
                ? " FROM " + table.sql()
                : " FROM " + table.sql() + dice.pick(" ", " AS ") + tableAlias;
    }

    private SqlText selectList(List<Output> outputs) {
        String list = outputs.stream()
                .map(output ->
                        output.alias() == null ? output.expression() : output.expression() + " AS " + output.alias())
                .collect(Collectors.joining(dice.percent(90) ? ", " : ",\n  "));
        return SqlText.of(dice.percent(95) ? "SELECT " : "select ").add(list + from());
    }

    private @Nullable String alias() {
        int die = dice.below(100);
        if (die < 65) {
            return null;
        }
        if (die < 80) {
            return dice.pick("out1", "out2", "out3");
        }
        return die < 90
                ? dice.pick("\"Quoted Alias\"", "\"ünïcode\"", "\"%s\"")
                : dice.pick(table.columns()).sql();
    }

    private Output aggregate() {
        OracleColumn column = dice.pick(table.columns());
        String c = name(column);
        String alias = dice.percent(25) ? dice.pick("agg", "\"Agg\"") : null;
        List<String> choices = new ArrayList<>(List.of("count(*)", "count(" + c + ")"));
        if (column.type() != SampleType.OTHER) {
            choices.add("count(DISTINCT " + c + ")");
        }
        if (column.type().isSummable()) {
            choices.addAll(List.of("sum(" + c + ")", "sum(" + c + ")"));
        }
        // Which of several equal values is shown would be left open.
        if (column.type().hasExtremes() && !column.type().hasSeveralForms()) {
            choices.addAll(List.of("min(" + c + ")", "max(" + c + ")"));
        }
        String chosen = dice.pick(choices);
        open |= column.type().hasSeveralForms() && chosen.startsWith("m");
        return Output.aggregate(chosen, alias);
    }

    private static String function(Output aggregate) {
        String expression = aggregate.expression();
        return expression.contains("DISTINCT")
                ? "count(distinct)"
                : expression.substring(0, expression.indexOf('(')) + (expression.contains("*") ? "(*)" : "");
    }

    /** In GROUP BY a bare name means the table's column first, so only the first two can stand there. */
    private String groupAlias(int index) {
        return dice.pick("g" + index, "\"G\"", dice.pick(table.columns()).sql());
    }

    private String groupKey(OracleColumn key, List<Output> outputs) {
        for (int i = 0; i < outputs.size(); i++) {
            if (outputs.get(i).shows(key) && dice.percent(40)) {
                String alias = outputs.get(i).alias();
                boolean free = alias != null && (alias.startsWith("g") || alias.startsWith("\"G"));
                return alias != null && free && dice.percent(50) ? alias : String.valueOf(i + 1);
            }
        }
        return name(key);
    }

    private SqlText orderBy(Ordering ordering, List<OracleColumn> columns) {
        List<OracleColumn> keys = new ArrayList<>(dice.some(
                columns.stream().filter(c -> c.type() != SampleType.OTHER).toList(), 3));
        if (dice.percent(60)) {
            columns.stream()
                    .filter(c -> table.key().contains(c.sql()) && !keys.contains(c))
                    .forEach(keys::add);
        }
        return SqlText.of(" ORDER BY " + ordering.by(keys));
    }

    private SqlText limit() {
        SqlText limit = SqlText.of(" LIMIT ").add(operands.number(dice.pick(List.of(0, 1, 2, 5, 10, 100)), 0));
        SqlText offset = SqlText.of(" OFFSET ").add(operands.number(dice.pick(List.of(0, 1, 3, 50, 500)), 20));
        int die = dice.below(100);
        if (die < 60) {
            return limit;
        }
        if (die < 80) {
            return dice.percent(80) ? limit.add(offset) : offset.add(limit);
        }
        if (die < 94) {
            return offset;
        }
        return SqlText.of(dice.pick(
                " LIMIT ALL", " LIMIT NULL", " FETCH FIRST 3 ROWS ONLY", " FETCH FIRST ROW ONLY", " OFFSET 2 ROWS"));
    }

    /** Keeps an answer about a large table small. */
    SqlText few(SqlText condition) {
        if (!table.large()) {
            return condition;
        }
        String anchor = dice.percent(50)
                ? "customer_id = " + dice.below(500)
                : "id BETWEEN %d AND ".formatted(dice.below(19_000));
        if (anchor.startsWith("id")) {
            int low = Integer.parseInt(anchor.split(" ", 4)[2]);
            anchor += low + dice.below(MOST_ROWS_OF_A_LARGE_TABLE);
        }
        return dice.percent(50)
                ? SqlText.of(anchor + " AND (").add(condition).add(")")
                : SqlText.of("(").add(condition).add(") AND " + anchor);
    }
}
