package dev.sqlmem.rules;

import dev.sqlmem.catalog.TableName;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a person has said of one table.
 *
 * @param text the rule as it was written, for messages
 * @param database the database it holds in, null for every one
 * @param schema the schema of the table, null for the tables of this name in every one
 * @param table the table's name
 * @param never whether it is never cached
 * @param freshness how old it may be, null where the rule says nothing of it
 * @param preload the columns to load at start-up
 * @param preloadAll whether those are all that can be cached
 * @param excluded the columns that are never kept
 */
public record TableRule(
        String text,
        @Nullable String database,
        @Nullable String schema,
        String table,
        boolean never,
        @Nullable Freshness freshness,
        List<String> preload,
        boolean preloadAll,
        Set<String> excluded) {

    public TableRule {
        preload = List.copyOf(preload);
        excluded = Set.copyOf(excluded);
    }

    /**
     * Reads a rule such as {@code orders:ttl=5s}, {@code audit:never} or {@code
     * shop.public.users:preload=id,name,-password_hash}.
     *
     * @throws IllegalArgumentException when the text is none; the message says what is wrong
     */
    public static TableRule parse(String text) {
        return new RuleText(text).read();
    }

    /** Whether it is about tables of this name in this database. */
    boolean holdsFor(String inDatabase, TableName name) {
        return holdsIn(inDatabase) && table.equals(name.name()) && (schema == null || schema.equals(name.schema()));
    }

    /** Whether it is about tables of this database. */
    public boolean holdsIn(String inDatabase) {
        return database == null || database.equals(inDatabase);
    }

    /** Whether it keeps something out of the cache. */
    boolean restricts() {
        return never || !excluded.isEmpty();
    }

    /** Whether it wants something to be there from the start. */
    public boolean preloads() {
        return preloadAll || !preload.isEmpty();
    }

    /** How exactly it names the table: the more exact rule goes before. */
    int exactness() {
        return (database == null ? 0 : 1) + (schema == null ? 0 : 1);
    }

    /** Whether both name their table in the same words. */
    boolean isAboutTheSame(TableRule other) {
        return table.equals(other.table)
                && Objects.equals(schema, other.schema)
                && Objects.equals(database, other.database);
    }

    @Override
    public String toString() {
        return text;
    }
}
