package dev.sqlmem.translate.type;

import dev.sqlmem.cache.generation.GenerationSet;
import dev.sqlmem.cache.generation.Reader;
import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TableUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tables that a statement reads, with their columns; each has one place, by its OID. */
public final class TableUses {
    private record Use(TableDefinition table, TreeSet<Integer> attnums) {}

    private final Map<Long, Use> uses = new TreeMap<>();

    /** Notes that the table is read. */
    public void add(TableDefinition table) {
        use(table);
    }

    private Use use(TableDefinition table) {
        return uses.computeIfAbsent(table.oid(), oid -> new Use(table, new TreeSet<>()));
    }

    /** Notes that a column is needed. */
    void touch(TableDefinition table, ColumnDefinition column) {
        use(table).attnums.add(column.attnum());
    }

    /** Whether the database's own collation maps case plainly, as far as a table tells. */
    public boolean isDefaultCasePlain() {
        return uses.values().stream()
                .flatMap(use -> use.table.columns().stream())
                .anyMatch(ColumnDefinition::plainCase);
    }

    int count() {
        return uses.size();
    }

    /** SQLite's names of the databases in which the tables are, by OID. */
    public Map<Long, String> schemas() throws NotTranslatable {
        if (uses.size() > GenerationSet.MOST_TABLES) {
            throw new NotTranslatable("more than " + GenerationSet.MOST_TABLES + " tables");
        }
        Map<Long, String> schemas = new HashMap<>();
        for (Long oid : uses.keySet()) {
            schemas.put(oid, Reader.schema(schemas.size()));
        }
        return schemas;
    }

    /** The tables in the order of their places. */
    public List<TableUse> list() {
        List<TableUse> list = new ArrayList<>();
        uses.values().forEach(use -> list.add(new TableUse(use.table, use.attnums)));
        return list;
    }
}
