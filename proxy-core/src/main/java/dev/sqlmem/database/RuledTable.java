package dev.sqlmem.database;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.rules.TableRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A rule and a table that it names. */
record RuledTable(TableRule rule, TableDefinition table) {

    /** What the rule names and the table does not have, for people. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        Stream.concat(rule.preload().stream(), rule.excluded().stream())
                .filter(column -> table.column(column) == null)
                .forEach(column -> problems.add(
                        "the table rule " + rule + ": " + table.qualifiedName() + " has no column " + column));
        String refusal = table.notCacheable();
        if (refusal != null && rule.preloads()) {
            problems.add("the table rule " + rule + ": " + table.qualifiedName() + " is not loaded: " + refusal);
        }
        return problems;
    }

    /** The columns to load at start-up, as far as they are known and may be kept. */
    List<Integer> preloaded() {
        return table.columns().stream()
                .filter(column -> rule.preloadAll() || rule.preload().contains(column.name()))
                .filter(column -> column.notCacheable() == null)
                .map(ColumnDefinition::attnum)
                .toList();
    }
}
