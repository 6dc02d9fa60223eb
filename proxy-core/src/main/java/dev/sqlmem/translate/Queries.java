package dev.sqlmem.translate;

import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TableName;
import dev.sqlmem.translate.Grouping.Clause;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.WithItem;
import org.jspecify.annotations.Nullable;

/** Reads queries wherever they stand: SELECT, set operations, WITH, in parentheses or not. */
final class Queries {
    final Translation out;
    final Expressions expressions;
    private final Planner.TableResolver tables;
    private final boolean local;
    private int commonTables;

    /** @param local whether no server can be asked, so that only what is certain by itself may be read */
    Queries(Translation out, Planner.TableResolver tables, boolean local) {
        this.out = out;
        this.tables = tables;
        this.local = local;
        this.expressions = new Expressions(out, this);
    }

    /** A query and the words that it stands for. */
    record Read(Query query, String source) {}

    /**
     * The statement itself: what SQLite runs, and how its rows are written out.
     *
     * @param shownKeys output columns (from 0) that show the first keys of ORDER BY
     */
    record Top(Sql sql, String source, Projection projection, String open, List<Integer> shownKeys, boolean limited) {}

    /** A wildcard means what the definition says; the server is asked whether it still says the same. */
    void confirmWildcard() {
        out.beyond |= !local;
    }

    TableDefinition resolve(TableName name) throws NotTranslatable {
        TableDefinition table;
        try {
            table = tables.resolve(name);
        } catch (NotTranslatable e) {
            throw e;
        } catch (Exception e) {
            throw new ResolutionException(e);
        }
        if (table == null) {
            throw new NotTranslatable("no table " + name);
        }
        if (table.notCacheable() != null) {
            throw NotTranslatable.ofTable(table.qualifiedName() + ": " + table.notCacheable());
        }
        return table;
    }

    /** Carries an exception of the server's through the translation. */
    static final class ResolutionException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ResolutionException(Exception cause) {
            super(cause);
        }
    }

    /** Reads the whole statement. */
    Top statement(Select select, boolean offsetFirst) throws NotTranslatable {
        Clause with = with(select.getWithItemsList(), null);
        if (select instanceof PlainSelect plain) {
            SelectBlock block = new SelectBlock(this, false);
            SelectBlock.Block read = block.read(plain, null, offsetFirst);
            return new Top(
                    Sql.of(with.sql(), read.sql()),
                    with.source() + read.source(),
                    block.projection(),
                    read.open(),
                    block.shownKeys(),
                    read.limited());
        }
        Read body = operand(select, null);
        Projection projection = new Projection(expressions, false);
        Tail tail = new Tail(this, body, projection);
        Clause clause = tail.read(select, offsetFirst);
        return new Top(
                Sql.of(with.sql(), clause.sql()),
                with.source() + clause.source(),
                projection,
                tail.open(),
                tail.shownKeys(),
                tail.isLimited());
    }

    /** Reads a query inside of the statement; names that it does not know itself mean those of {@code outer}. */
    Read inside(Select select, @Nullable Scope outer) throws NotTranslatable {
        out.requireServer("a subquery");
        out.lookups.nested();
        Scope scope = out.scope;
        CommonTables common = out.commonTables;
        try {
            Clause with = with(select.getWithItemsList(), outer);
            Read body = body(select, outer);
            if (!with.isThere()) {
                return body;
            }
            Query query = body.query;
            return new Read(
                    new Query(Sql.of(with.sql(), query.sql()), true, query.columns(), query.oneRow()),
                    with.source() + body.source);
        } finally {
            out.scope = scope;
            out.commonTables = common;
        }
    }

    private Read body(Select select, @Nullable Scope outer) throws NotTranslatable {
        if (select instanceof PlainSelect plain) {
            return new SelectBlock(this, true).inner(plain, outer);
        }
        Read operand = operand(select, outer);
        if (!Tail.isThere(select)) {
            return operand;
        }
        Projection projection = new Projection(expressions, true);
        Tail tail = new Tail(this, operand, projection);
        Clause clause = tail.read(select, false);
        Query query = new Query(clause.sql(), true, projection.columns(), operand.query.oneRow());
        return new Read(query, clause.source());
    }

    /** The query without the clauses behind it. */
    private Read operand(Select select, @Nullable Scope outer) throws NotTranslatable {
        if (select instanceof SetOperationList list) {
            out.requireServer("a set operation");
            out.lookups.nested();
            return new SetOperations(this).read(list, outer);
        }
        if (select instanceof ParenthesedSelect group && group.getAlias() == null) {
            Read inner = inside(group.getSelect(), outer);
            return new Read(inner.query, "(" + inner.source + ")");
        }
        throw new NotTranslatable("a query of another kind");
    }

    private Clause with(@Nullable List<WithItem<?>> items, @Nullable Scope outer) throws NotTranslatable {
        if (items == null || items.isEmpty()) {
            return Clause.NONE;
        }
        List<Sql> sql = new ArrayList<>();
        List<String> source = new ArrayList<>();
        for (WithItem<?> item : items) {
            if (item.isRecursive()
                    || item.getSearchClause() != null
                    || item.getCycleClause() != null
                    || item.getWithFunctionDeclaration() != null
                    || item.getAlias() == null
                    || !(item.getParenthesedStatement() instanceof ParenthesedSelect select)) {
                throw new NotTranslatable("WITH of another kind");
            }
            Read read = inside(select.getSelect(), outer);
            String name = Identifiers.fold(item.getAlias().getName());
            String alias = "w" + ++commonTables;
            List<Query.Column> columns = new ArrayList<>(read.query.columns());
            String words = names(item, columns);
            Query named = new Query(read.query.sql(), read.query.compound(), columns, read.query.oneRow());
            out.commonTables = new CommonTables(name, alias, named, out.commonTables);
            boolean materialized = item.isMaterialized() && !item.isUsingNot();
            sql.add(Sql.of(alias + " AS " + (materialized ? "MATERIALIZED (" : "("), named.sql(), ")"));
            source.add(item.getAlias().getName() + words + " AS " + (item.isUsingNot() ? "NOT " : "")
                    + (item.isMaterialized() ? "MATERIALIZED " : "") + "(" + read.source + ")");
        }
        return new Clause(Sql.of("WITH ", Sql.join(", ", sql), " "), "WITH " + String.join(", ", source) + " ");
    }

    /** Names the first columns anew, as the list behind the name says, and returns its source. */
    private static String names(WithItem<?> item, List<Query.Column> columns) throws NotTranslatable {
        if (item.getWithItemList() == null || item.getWithItemList().isEmpty()) {
            return "";
        }
        List<String> names = new ArrayList<>();
        for (Object each : item.getWithItemList()) {
            int i = names.size();
            if (i >= columns.size()) {
                throw new NotTranslatable("more names than columns");
            }
            Query.Column column = columns.get(i);
            columns.set(i, new Query.Column(Identifiers.fold(each.toString()), column.term(), column.index()));
            names.add(each.toString());
        }
        return " (" + String.join(", ", names) + ")";
    }
}
