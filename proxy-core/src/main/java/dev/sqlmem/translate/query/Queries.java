package dev.sqlmem.translate.query;

import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TableName;
import dev.sqlmem.translate.expression.Comparisons;
import dev.sqlmem.translate.expression.ExpressionReader;
import dev.sqlmem.translate.expression.Expressions;
import dev.sqlmem.translate.expression.Node;
import dev.sqlmem.translate.type.Constants;
import dev.sqlmem.translate.type.Identifiers;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Translation;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.WithItem;
import org.jspecify.annotations.Nullable;

/** Reads queries wherever they stand: SELECT, set operations, WITH, in parentheses or not. */
public final class Queries implements QueryReader {
    private final Translation out;
    private final TableResolver tables;
    private final QueryContext context;
    private final Names names;
    private final ExpressionReader expressions;
    private int commonTables;

    public Queries(Translation out, TableResolver tables) {
        this.out = out;
        this.tables = tables;
        this.names = new Names(out);
        Constants constants = new Constants(out);
        this.context = new QueryContext(out, names, this::expression, constants, this);
        Subqueries subqueries = new Subqueries(context, new Comparisons(out, constants));
        this.expressions = new Expressions(out, constants, names, subqueries, new Windows(context));
    }

    private Node expression(Expression expression) throws NotTranslatable {
        return expressions.read(expression);
    }

    /**
     * The statement itself: what SQLite runs, and how its rows are written out.
     *
     * @param shownKeys output columns (from 0) that show the first keys of ORDER BY
     */
    public record Top(
            Sql sql, String source, Projection projection, String open, List<Integer> shownKeys, boolean limited) {}

    @Override
    public TableDefinition resolve(TableName name) throws NotTranslatable {
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
    public static final class ResolutionException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ResolutionException(Exception cause) {
            super(cause);
        }
    }

    /** Reads the whole statement. */
    public Top statement(Select select, boolean offsetFirst) throws NotTranslatable {
        Clause with = with(select.getWithItemsList(), null);
        if (select instanceof PlainSelect plain) {
            SelectBlock block = new SelectBlock(context, false);
            SelectBlock.Block read = block.read(plain, null, offsetFirst);
            return new Top(
                    Sql.of(with.sql(), read.sql()),
                    with.source() + read.source(),
                    block.projection(),
                    read.open(),
                    block.shownKeys(),
                    read.limited());
        }
        Subquery body = operand(select, null);
        Projection projection = new Projection(context, false);
        Tail tail = new Tail(context, body, projection);
        Clause clause = tail.read(select, offsetFirst);
        return new Top(
                Sql.of(with.sql(), clause.sql()),
                with.source() + clause.source(),
                projection,
                tail.open(),
                tail.shownKeys(),
                tail.isLimited());
    }

    @Override
    public Subquery inside(Select select, @Nullable Scope outer) throws NotTranslatable {
        out.requireServer("a subquery");
        out.lookups.nested();
        Scope scope = names.scope;
        CommonTables common = names.commonTables;
        try {
            Clause with = with(select.getWithItemsList(), outer);
            Subquery body = body(select, outer);
            if (!with.isThere()) {
                return body;
            }
            Query query = body.query();
            return new Subquery(
                    new Query(Sql.of(with.sql(), query.sql()), true, query.columns(), query.oneRow()),
                    with.source() + body.source());
        } finally {
            names.scope = scope;
            names.commonTables = common;
        }
    }

    private Subquery body(Select select, @Nullable Scope outer) throws NotTranslatable {
        if (select instanceof PlainSelect plain) {
            return new SelectBlock(context, true).inner(plain, outer);
        }
        Subquery operand = operand(select, outer);
        if (!Tail.isThere(select)) {
            return operand;
        }
        Projection projection = new Projection(context, true);
        Tail tail = new Tail(context, operand, projection);
        Clause clause = tail.read(select, false);
        Query query = new Query(
                clause.sql(), true, projection.columns(), operand.query().oneRow());
        return new Subquery(query, clause.source());
    }

    /** The query without the clauses behind it. */
    private Subquery operand(Select select, @Nullable Scope outer) throws NotTranslatable {
        if (select instanceof SetOperationList list) {
            out.requireServer("a set operation");
            out.lookups.nested();
            return new SetOperations(this).read(list, outer);
        }
        if (select instanceof ParenthesedSelect group && group.getAlias() == null) {
            Subquery inner = inside(group.getSelect(), outer);
            return new Subquery(inner.query(), "(" + inner.source() + ")");
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
            Subquery read = inside(select.getSelect(), outer);
            String name = Identifiers.fold(item.getAlias().getName());
            String alias = "w" + ++commonTables;
            List<Query.Column> columns = new ArrayList<>(read.query().columns());
            String words = names(item, columns);
            Query named = new Query(
                    read.query().sql(),
                    read.query().compound(),
                    columns,
                    read.query().oneRow());
            names.commonTables = new CommonTables(name, alias, named, names.commonTables);
            boolean materialized = item.isMaterialized() && !item.isUsingNot();
            sql.add(Sql.of(alias + " AS " + (materialized ? "MATERIALIZED (" : "("), named.sql(), ")"));
            source.add(item.getAlias().getName() + words + " AS " + (item.isUsingNot() ? "NOT " : "")
                    + (item.isMaterialized() ? "MATERIALIZED " : "") + "(" + read.source() + ")");
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
