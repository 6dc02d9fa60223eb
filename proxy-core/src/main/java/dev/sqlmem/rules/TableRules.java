package dev.sqlmem.rules;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All rules together.
 *
 * <p>A rule without a database holds in every database, one without a schema in every schema. Where several
 * rules are about a table, what any of them keeps out is out, and the time to live is that of the rule which
 * names the table most exactly.
 *
 * @param byDefault how old a table may be of which no rule says it
 * @param rules the rules for single tables
 */
public record TableRules(Freshness byDefault, List<TableRule> rules) {
    /** No rules: tables stay until they are invalidated. */
    public static final TableRules NONE = new TableRules(Freshness.MANUAL, List.of());

    public TableRules {
        rules = List.copyOf(rules);
        refuseTwoTimesToLive(rules);
    }

    /**
     * Reads rules that are separated by semicolons; {@code none} is none.
     *
     * @throws IllegalArgumentException when one of them is none, or two are at odds
     */
    public static List<TableRule> parse(String text) {
        List<TableRule> rules = RuleText.split(text, ';').stream()
                .filter(rule -> !rule.isBlank() && !rule.strip().equalsIgnoreCase("none"))
                .map(TableRule::parse)
                .toList();
        refuseTwoTimesToLive(rules);
        return rules;
    }

    private static void refuseTwoTimesToLive(List<TableRule> rules) {
        for (int i = 0; i < rules.size(); i++) {
            for (int j = 0; j < i; j++) {
                TableRule one = rules.get(j);
                TableRule other = rules.get(i);
                if (one.freshness() != null && other.freshness() != null && one.isAboutTheSame(other)) {
                    throw new IllegalArgumentException(
                            "the table rules " + one + " and " + other + " give two times to live to one table");
                }
            }
        }
    }

    /** How old the table may be. */
    public Freshness freshness(String database, TableDefinition table) {
        TableName name = new TableName(table.schema(), table.name());
        TableRule exactest = null;
        for (TableRule rule : rules) {
            if (rule.freshness() != null
                    && rule.holdsFor(database, name)
                    && (exactest == null || rule.exactness() > exactest.exactness())) {
                exactest = rule;
            }
        }
        Freshness own;
        if (exactest == null) {
            own = null;
        } else {
            own = exactest.freshness();
        }
        if (own == null) {
            return byDefault;
        }
        return own;
    }

    /** Whether any rule keeps something out of the cache. */
    public boolean restrict() {
        return rules.stream().anyMatch(TableRule::restricts);
    }

    /**
     * Returns the table with what the rules keep out marked as not cacheable.
     *
     * @param relatives the tables that it shares rows with: what it inherits from and what inherits from it
     */
    public TableDefinition restricted(String database, TableDefinition table, Collection<TableName> relatives) {
        List<TableName> names = new ArrayList<>(relatives);
        names.add(new TableName(table.schema(), table.name()));
        List<TableRule> own = rules.stream()
                .filter(rule -> rule.restricts() && names.stream().anyMatch(name -> rule.holdsFor(database, name)))
                .toList();
        if (own.isEmpty()) {
            return table;
        }
        List<ColumnDefinition> columns =
                table.columns().stream().map(column -> column(column, own)).toList();
        return new TableDefinition(
                table.oid(),
                table.schema(),
                table.name(),
                table.kind(),
                columns,
                table.indexes(),
                table.estimatedRows(),
                table.estimatedBytes(),
                table.notCacheable() == null ? never(own) : table.notCacheable());
    }

    private static @Nullable String never(List<TableRule> rules) {
        for (TableRule rule : rules) {
            if (rule.never()) {
                return "kept out of the cache by the table rule " + rule;
            }
        }
        return null;
    }

    private static ColumnDefinition column(ColumnDefinition column, List<TableRule> rules) {
        for (TableRule rule : rules) {
            if (rule.excluded().contains(column.name())) {
                return column.keptOut("kept out of the cache by the table rule " + rule);
            }
        }
        return column;
    }
}
