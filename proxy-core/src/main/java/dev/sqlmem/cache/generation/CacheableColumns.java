package dev.sqlmem.cache.generation;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TableDefinition;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a table's definition alone says of caching its columns. */
public record CacheableColumns(TableDefinition table) {

    /** Why this column can never be cached, or null. */
    @Nullable
    public String refusal(int attnum) {
        ColumnDefinition column = table.find(attnum);
        if (column == null) {
            return "the table has no column " + attnum;
        }
        if (column.notCacheable() != null) {
            return "column " + column.name() + ": " + column.notCacheable();
        }
        if (column.codec() == null) {
            return "column " + column.name() + ": type " + column.typeName();
        }
        return null;
    }

    /** Whether another definition is no longer that of the same columns, as far as these are concerned. */
    public boolean differ(TableDefinition now, Set<Integer> attnums) {
        return table.kind() != now.kind()
                || !table.qualifiedName().equals(now.qualifiedName())
                || !Objects.equals(table.notCacheable(), now.notCacheable())
                || attnums.stream().anyMatch(attnum -> {
                    ColumnDefinition column = table.find(attnum);
                    return column == null || !column.equals(now.find(attnum));
                });
    }

    /** The names of these columns, separated by comma and space. */
    public String names(Set<Integer> attnums) {
        return table.columns().stream()
                .filter(column -> attnums.contains(column.attnum()))
                .map(ColumnDefinition::name)
                .collect(Collectors.joining(", "));
    }

    /** The columns and order keys that a generation has. */
    public static Set<Integer> of(Generation generation) {
        return generation.columns().stream().map(ColumnDefinition::attnum).collect(Collectors.toSet());
    }
}
