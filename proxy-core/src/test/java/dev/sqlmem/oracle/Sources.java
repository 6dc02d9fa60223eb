package dev.sqlmem.oracle;

import dev.sqlmem.testing.RowOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What statements of several tables and queries are made of: relations, comparable columns, lists, orders. */
final class Sources {
    private static final List<OracleTable> SMALL = OracleTables.small();

    private final Dice dice;
    private final Operands operands;

    Sources(Dice dice, Operands operands) {
        this.dice = dice;
        this.operands = operands;
    }

    /** A relation by its alias. */
    record Source(OracleTable table, String alias) {
        String name(OracleColumn column) {
            return alias + "." + column.sql();
        }

        String from() {
            return table.sql() + " " + alias;
        }

        /** Columns with equality, of which equal values look alike. */
        List<OracleColumn> keys() {
            return table.columns().stream()
                    .filter(column -> column.type().isIdentity())
                    .toList();
        }

        List<OracleColumn> ofTypes(SampleType... types) {
            return table.columns().stream()
                    .filter(column -> List.of(types).contains(column.type()))
                    .toList();
        }
    }

    /** Columns of two relations that can be compared. */
    record Pair(Source left, OracleColumn a, Source right, OracleColumn b) {
        String equal() {
            return left.name(a) + " = " + right.name(b);
        }
    }

    /** A list of outputs, and the columns that it shows. */
    record Shown(String list, List<OracleColumn> columns) {}

    Source any(String alias) {
        return new Source(dice.pick(SMALL), alias);
    }

    Pair pair(String left, String right) {
        return pair(any(left), right);
    }

    /** A second relation with a column that one of the first can be compared with. */
    Pair pair(Source left, String right) {
        for (; ; ) {
            Source other = dice.percent(15) ? new Source(left.table, right) : any(right);
            OracleColumn a = dice.pick(comparable(left));
            List<OracleColumn> others = comparable(other).stream()
                    .filter(b -> alike(a.type(), b.type()))
                    .toList();
            if (!others.isEmpty()) {
                return new Pair(left, a, other, dice.pick(others));
            }
        }
    }

    private boolean alike(SampleType a, SampleType b) {
        boolean integers = a.isInteger() && b.isInteger();
        boolean related = (a.isSummable() && b.isSummable()) || (a.isString() && b.isString());
        return a == b || integers || (related && dice.percent(25));
    }

    private static List<OracleColumn> comparable(Source source) {
        return source.table.columns().stream()
                .filter(column -> column.type() != SampleType.OTHER && column.type() != SampleType.BOOL)
                .toList();
    }

    SqlText condition(Source of) {
        return new Predicates(dice, operands, of::name)
                .any(of.table.columns(), 1)
                .text();
    }

    /** Keeps few rows of a relation, so that joins stay small. */
    String few(Source of) {
        OracleColumn first = of.table.columns().get(0);
        int low = dice.between(-20, 60);
        return of.table.key().contains(first.sql())
                ? of.name(first) + " BETWEEN " + low + " AND " + (low + dice.between(5, 25))
                : of.name(first) + " = " + dice.below(4);
    }

    Shown list(Source... sources) {
        List<OracleColumn> columns = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Source source : sources) {
            for (OracleColumn column : dice.some(source.table.columns(), 3)) {
                columns.add(column);
                names.add(source.name(column));
            }
        }
        return new Shown(String.join(", ", names), columns);
    }

    /** Columns that can be outputs of DISTINCT, groups and set operations. */
    Shown keys(Source source, int most) {
        List<OracleColumn> columns = dice.some(source.keys(), most);
        return new Shown(columns.stream().map(source::name).collect(Collectors.joining(", ")), columns);
    }

    GeneratedStatement statement(String label, SqlText sql) {
        return new GeneratedStatement(label, sql, new RowOrder.Any(), 0, false);
    }

    /** The statement as it is, or ordered by all that it shows and then perhaps cut. */
    GeneratedStatement ordered(String label, SqlText sql, List<OracleColumn> shown) {
        boolean orderable = shown.stream().allMatch(column -> column.type().isIdentity());
        if (shown.isEmpty() || !orderable || !dice.percent(35)) {
            if (dice.percent(5)) {
                sql.add(" LIMIT 200000");
            }
            return statement(label, sql);
        }
        List<String> keys = new ArrayList<>();
        for (int i = 1; i <= shown.size(); i++) {
            keys.add(i + dice.pick("", "", " DESC", " NULLS FIRST", " DESC NULLS LAST"));
        }
        sql.add(" ORDER BY " + String.join(", ", keys));
        if (dice.percent(50)) {
            SqlText limit = SqlText.of(" LIMIT ").add(operands.number(dice.pick(List.of(0, 1, 3, 10)), 0));
            SqlText offset = SqlText.of(" OFFSET ").add(operands.number(dice.pick(List.of(0, 2, 7)), 20));
            switch (dice.below(4)) {
                case 0 -> sql.add(offset);
                case 1 -> sql.add(limit).add(offset);
                case 2 -> sql.add(dice.pick(" FETCH FIRST 2 ROWS ONLY", " OFFSET 1 ROW FETCH NEXT 3 ROWS ONLY"));
                default -> sql.add(limit);
            }
        }
        return new GeneratedStatement(label, sql, new RowOrder.Total(), shown.size(), false);
    }
}
