package dev.sqlmem.plan;

import org.jspecify.annotations.Nullable;

/**
 * From the proxy's own tables and functions, {@code sqlmem.*}.
 *
 * @param relation the table's or function's name
 * @param argument the function's argument, null where it has none
 * @param read what runs over its rows
 */
public record Local(LocalRelation relation, @Nullable Binding argument, TranslatedQuery read) implements Route {
    @Override
    public String label() {
        return "local";
    }

    @Override
    public String reason() {
        return "the proxy's own " + relation.table().qualifiedName();
    }
}
