package dev.sqlmem.oracle;

import dev.sqlmem.testing.RowOrder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Writes an ORDER BY and remembers what it determines. */
final class Ordering {
    private final Dice dice;
    private final Function<OracleColumn, String> naming;
    private final Function<OracleColumn, String> qualified;
    private final List<Output> outputs;
    private final List<OracleColumn> keys = new ArrayList<>();

    /**
     * @param naming how the statement writes a column
     * @param qualified the same with the table's name, which no output's name can hide
     */
    Ordering(
            Dice dice,
            Function<OracleColumn, String> naming,
            Function<OracleColumn, String> qualified,
            List<Output> outputs) {
        this.dice = dice;
        this.naming = naming;
        this.qualified = qualified;
        this.outputs = outputs;
    }

    /** The list after ORDER BY; each key is a column, a position or an alias, whatever names it. */
    String by(List<OracleColumn> columns) {
        List<String> items = new ArrayList<>();
        for (OracleColumn column : columns) {
            keys.add(column);
            items.add(key(column)
                    + dice.pick("", "", " ASC", " DESC", " DESC")
                    + dice.pick("", "", "", " NULLS FIRST", " NULLS LAST"));
        }
        return String.join(", ", items);
    }

    /** The columns that rows are ordered by, as written in SQL. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        keys.forEach(column -> names.add(column.sql()));
        return names;
    }

    /** What the answer's order can be held to. */
    RowOrder rowOrder(boolean total) {
        if (total) {
            return new RowOrder.Total();
        }
        List<Integer> visible = new ArrayList<>();
        for (OracleColumn key : keys) {
            int index = indexOf(key);
            if (index < 0 || key.type().hasSeveralForms()) {
                break; // later keys order only within equal values of this one, in whatever form they are shown
            }
            visible.add(index);
        }
        return visible.isEmpty() ? new RowOrder.Any() : new RowOrder.ByKeys(visible);
    }

    private String key(OracleColumn column) {
        int index = indexOf(column);
        if (index >= 0 && dice.percent(30)) {
            return String.valueOf(index + 1);
        }
        String alias = index < 0 ? null : outputs.get(index).alias();
        if (alias != null
                && dice.percent(50)
                && isUnambiguous(outputs.get(index).name(), column)) {
            return alias;
        }
        String name = naming.apply(column);
        // A bare name means the output of that name first, whatever it shows.
        return isUnambiguous(column.name(), column) ? name : qualified.apply(column);
    }

    private boolean isUnambiguous(String name, OracleColumn column) {
        return outputs.stream()
                .filter(output -> output.name().equalsIgnoreCase(name))
                .allMatch(output -> output.shows(column));
    }

    private int indexOf(OracleColumn column) {
        for (int i = 0; i < outputs.size(); i++) {
            if (outputs.get(i).shows(column)) {
                return i;
            }
        }
        return -1;
    }
}
