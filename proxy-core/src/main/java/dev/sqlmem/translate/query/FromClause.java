package dev.sqlmem.translate.query;

import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TableName;
import dev.sqlmem.translate.type.Identifiers;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Translation;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.FromItem;
import net.sf.jsqlparser.statement.select.Join;
import net.sf.jsqlparser.statement.select.LateralSubSelect;
import net.sf.jsqlparser.statement.select.ParenthesedFromItem;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import org.jspecify.annotations.Nullable;

/** FROM: its tables, subqueries and joins as one tree (manual, "The FROM Clause"). */
final class FromClause {

    /**
     * A part of the clause.
     *
     * @param sql what SQLite reads
     * @param source the same as the statement has it
     * @param relations what can be named within, from the left
     * @param columns what bare names mean, and {@code *} expands to
     * @param outer whether it has a join that SQLite must not take apart
     */
    record Part(Sql sql, String source, List<Relation> relations, List<ScopeColumn> columns, boolean outer) {
        Part {
            relations = List.copyOf(relations);
            columns = List.copyOf(columns);
        }
    }

    private final QueryReader queries;
    private final Translation out;
    private final Names names;
    private final Joins joins;

    FromClause(QueryContext context) {
        this.queries = context.queries();
        this.out = context.out();
        this.names = context.names();
        this.joins = new Joins(context);
    }

    /** Reads the clause; names in it that are not its own mean those of {@code outer}. */
    Part read(FromItem first, @Nullable List<Join> others, @Nullable Scope outer) throws NotTranslatable {
        Part all = null;
        Part item = item(first, outer);
        for (Join join : others == null ? List.<Join>of() : others) {
            Joins.requireKnown(join);
            Part right = item(join.getFromItem(), outer);
            if (join.isSimple()) {
                // A comma binds less tightly than any join.
                if (all == null) {
                    all = item;
                } else {
                    all = joins.comma(all, item);
                }
                item = right;
            } else {
                item = joins.join(item, join, right, outer);
            }
        }
        if (all == null) {
            return item;
        }
        return joins.comma(all, item);
    }

    private Part item(FromItem item, @Nullable Scope outer) throws NotTranslatable {
        if (item instanceof Table table) {
            return table(table);
        }
        if (item instanceof LateralSubSelect) {
            throw new NotTranslatable("LATERAL");
        }
        if (item instanceof ParenthesedSelect select) {
            return subquery(select, outer);
        }
        if (item instanceof ParenthesedFromItem group && group.getAlias() == null) {
            Part inner = read(group.getFromItem(), group.getJoins(), outer);
            Sql sql;
            if (inner.relations.size() == 1) {
                sql = inner.sql;
            } else {
                sql = Sql.of("(", inner.sql, ")");
            }
            return new Part(sql, "(" + inner.source + ")", inner.relations, inner.columns, inner.outer);
        }
        throw new NotTranslatable("something in FROM that is no table, join or subquery");
    }

    private Part table(Table written) throws NotTranslatable {
        TableName name = tableName(written);
        Alias alias = written.getAlias();
        String source = written.getFullyQualifiedName() + source(alias);
        CommonTables common;
        if (name.schema() == null) {
            common = CommonTables.find(names.commonTables, name.name());
        } else {
            common = null;
        }
        if (common != null) {
            return common(common, alias, source);
        }
        TableDefinition table = queries.resolve(name);
        String own = names.newAlias();
        List<ScopeColumn> columns = new ArrayList<>();
        table.columns().forEach(column -> columns.add(new ScopeColumn.OfTable(table, column, own)));
        out.tables.add(table);
        out.lookups.read(table.oid());
        Relation relation = new Relation(
                alias == null ? name.name() : name(alias), own, table, renamed(columns, alias), alias != null);
        Sql sql = Sql.of(Sql.table(table.oid()), " AS " + own);
        return new Part(sql, source, List.of(relation), relation.columns(), false);
    }

    private Part common(CommonTables common, @Nullable Alias alias, String source) throws NotTranslatable {
        String own = names.newAlias();
        if (!names.isFirstRead(common)) {
            out.lookups.repeated();
        }
        Relation relation = new Relation(
                alias == null ? common.name() : name(alias),
                own,
                null,
                renamed(common.query().of(own), alias),
                true);
        Sql sql = Sql.text(common.alias() + " AS " + own);
        return new Part(sql, source, List.of(relation), relation.columns(), false);
    }

    private Part subquery(ParenthesedSelect select, @Nullable Scope outer) throws NotTranslatable {
        Alias alias = select.getAlias();
        if (alias == null) {
            throw new NotTranslatable("a subquery in FROM without a name");
        }
        Subquery read = queries.inside(select.getSelect(), outer);
        String own = names.newAlias();
        Relation relation =
                new Relation(name(alias), own, null, renamed(read.query().of(own), alias), true);
        return new Part(
                Sql.of("(", read.query().sql(), ") AS " + own),
                "(" + read.source() + ")" + source(alias),
                List.of(relation),
                relation.columns(),
                false);
    }

    private static String name(Alias alias) throws NotTranslatable {
        return Identifiers.foldLabel(alias.getName(), alias.isUseAs());
    }

    /** A column alias list names the first columns anew. */
    private static List<ScopeColumn> renamed(List<ScopeColumn> columns, @Nullable Alias alias) throws NotTranslatable {
        if (alias == null || alias.getAliasColumns() == null) {
            return columns;
        }
        List<ScopeColumn> renamed = new ArrayList<>(columns);
        int i = 0;
        for (Alias.AliasColumn each : alias.getAliasColumns()) {
            if (i >= renamed.size() || each.colDataType != null) {
                throw new NotTranslatable("a column alias list of another kind");
            }
            renamed.set(i, renamed.get(i).named(Identifiers.fold(each.name)));
            i++;
        }
        return renamed;
    }

    private static String source(@Nullable Alias alias) {
        if (alias == null) {
            return "";
        }
        StringBuilder source = new StringBuilder(alias.isUseAs() ? " AS " : " ").append(alias.getName());
        if (alias.getAliasColumns() != null) {
            List<String> names = new ArrayList<>();
            alias.getAliasColumns().forEach(each -> names.add(each.name));
            source.append('(').append(String.join(", ", names)).append(')');
        }
        return source.toString();
    }

    /** Returns the name that the statement gives the table, folded. */
    static TableName tableName(Table from) throws NotTranslatable {
        if (from.getNameParts().size() > 2) {
            throw new NotTranslatable("a table name with a database");
        }
        String schema = from.getSchemaName();
        return new TableName(schema == null ? null : Identifiers.fold(schema), Identifiers.fold(from.getName()));
    }
}
