package dev.sqlmem.translate.query;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.plan.Output;
import dev.sqlmem.plan.Output.Finish;
import dev.sqlmem.plan.Range;
import dev.sqlmem.storage.StorageClass;
import dev.sqlmem.storage.TypeCodec;
import dev.sqlmem.translate.expression.Node;
import dev.sqlmem.translate.type.Identifiers;
import dev.sqlmem.translate.type.IntervalConstant;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Operand;
import dev.sqlmem.translate.type.OrderKeyTerm;
import dev.sqlmem.translate.type.Quotient;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Translation;
import dev.sqlmem.translate.type.Types;
import dev.sqlmem.translate.type.Value;
import dev.sqlmem.wire.message.RowDescription;
import dev.sqlmem.wire.type.Oid;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.SelectItem;
import org.jspecify.annotations.Nullable;

/** The select list: what SQLite returns, how it is written out, and how it is described. */
public final class Projection {

    /**
     * One column of the result.
     *
     * @param name the name in RowDescription, which ORDER BY can use
     * @param operand what it is; no value without type
     * @param index the column of SQLite's result that holds it, from 1
     */
    record Item(String name, Operand operand, int index) {}

    private final Translation out;
    private final QueryContext context;
    private final boolean inner;
    final List<Item> items = new ArrayList<>();
    public final List<Output> outputs = new ArrayList<>();
    public final List<RowDescription.Field> fields = new ArrayList<>();
    private final List<Sql> columns = new ArrayList<>();

    /** @param inner whether it is that of a query inside of another one, which reads its columns by label */
    Projection(QueryContext context, boolean inner) {
        this.out = context.out();
        this.context = context;
        this.inner = inner;
    }

    boolean isInner() {
        return inner;
    }

    /** Reads the select list and returns its source. */
    String read(List<SelectItem<?>> list) throws NotTranslatable {
        List<String> source = new ArrayList<>();
        for (SelectItem<?> item : list) {
            Expression expression = item.getExpression();
            if (expression instanceof AllColumns star) {
                source.add(wildcard(star));
            } else {
                source.add(item(expression, item.getAlias()));
            }
        }
        return String.join(", ", source);
    }

    /** The columns for SQLite. */
    Sql sql() {
        return Sql.join(", ", columns);
    }

    /** Whether any column is an aggregate or made of some. */
    boolean hasAggregates() {
        return items.stream().anyMatch(item -> isAggregate(item.operand()));
    }

    private static boolean isAggregate(Operand operand) {
        if (operand instanceof Quotient quotient) {
            return quotient.dividend().isAggregate() || quotient.divisor().isAggregate();
        }
        return operand instanceof Term term && term.isAggregate();
    }

    /** Whether a column is the least or greatest of texts that have places in the server's own order. */
    boolean hasExtremeTexts() {
        return items.stream().anyMatch(item -> extremeText(item.operand()) != null);
    }

    private static @Nullable OrderKeyTerm extremeText(Operand operand) {
        if (operand instanceof Term term && term.isAggregate()) {
            return term.rank();
        }
        return null;
    }

    /**
     * A SELECT of aggregates over all of these rows, which finds the least and greatest places first, by an index
     * where it is only one, and then the texts.
     */
    Sql overPlaces(Sql fromAndWhere) {
        List<Sql> inside = new ArrayList<>(columns);
        List<Sql> outside = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            outside.add(Sql.text("m.a" + i));
        }
        for (Item item : items) {
            OrderKeyTerm rank = extremeText(item.operand());
            if (rank != null) {
                int column = item.index() - 1;
                inside.set(column, rank.sql());
                outside.set(column, rank.textAt("m.a" + column));
            }
        }
        List<Sql> named = new ArrayList<>();
        for (int i = 0; i < inside.size(); i++) {
            named.add(Sql.of(inside.get(i), " AS a" + i));
        }
        return Sql.of(
                "SELECT ", Sql.join(", ", outside), " FROM (SELECT ", Sql.join(", ", named), fromAndWhere, ") AS m");
    }

    /** Whether the server may raise an error while it computes a column. */
    boolean isRaising() {
        return items.stream().anyMatch(item -> isRaising(item.operand()));
    }

    private static boolean isRaising(Operand operand) {
        if (operand instanceof Quotient quotient) {
            return quotient.isRaising();
        }
        return operand instanceof Term term && term.isRaising();
    }

    /** Whether a column is checked or divided on its way out, so that a row may turn out not to be for the cache. */
    public boolean isFailing() {
        return items.stream().anyMatch(item -> isFailing(item.operand()));
    }

    private static boolean isFailing(Operand operand) {
        return operand instanceof Quotient || (operand instanceof Term term && term.range() != null);
    }

    private String item(Expression expression, @Nullable Alias alias) throws NotTranslatable {
        Node node = context.expressions().read(expression);
        if (alias == null) {
            add(node.operand(), node.name());
            return node.source();
        }
        if (alias.getAliasColumns() != null) {
            throw new NotTranslatable("a column alias list");
        }
        add(node.operand(), Identifiers.foldLabel(alias.getName(), alias.isUseAs()));
        return node.source() + (alias.isUseAs() ? " AS " : " ") + alias.getName();
    }

    private String wildcard(AllColumns star) throws NotTranslatable {
        if (star.getExceptColumns() != null || star.getReplaceExpressions() != null) {
            throw new NotTranslatable("a wildcard with exceptions");
        }
        if (star instanceof AllTableColumns of) {
            Relation relation = context.names().scope.relation(of.getTable());
            if (relation == null) {
                throw new NotTranslatable("a wildcard of another query's relation");
            }
            all(relation.columns());
            return of.getTable().getFullyQualifiedName() + ".*";
        }
        all(context.names().scope.columns());
        return "*";
    }

    /** Adds all of these columns. */
    void all(List<ScopeColumn> all) throws NotTranslatable {
        out.confirmWildcard();
        for (ScopeColumn column : all) {
            add(column.read(out), column.name());
        }
    }

    /** The columns of a query inside of another one. */
    List<Query.Column> columns() {
        List<Query.Column> named = new ArrayList<>();
        for (Item item : items) {
            named.add(new Query.Column(item.name(), (Term) item.operand(), item.index()));
        }
        return named;
    }

    private void add(Operand operand, String name) throws NotTranslatable {
        if (inner) {
            label(operand, name);
            return;
        }
        if (operand instanceof Quotient quotient) {
            quotient(quotient, name);
            return;
        }
        if (operand instanceof IntervalConstant) {
            throw new NotTranslatable("a constant interval in the select list");
        }
        out.beyond |= operand instanceof Value;
        Term term = context.constants().term(operand);
        out.beyond |= term.column() == null && !term.isAggregate();
        int index = columns.size();
        ColumnDefinition column = term.column();
        if (column != null) {
            Relation only;
            if (context.names().scope.relations().size() == 1) {
                only = context.names().scope.relations().get(0);
            } else {
                only = null;
            }
            ColumnOutput written = ColumnOutput.of(term, column, only == null ? null : only.table(), name, index);
            columns.add(Sql.text(term.written()));
            outputs.add(written.output());
            fields.add(written.field());
        } else {
            expression(term, name, index);
        }
        items.add(new Item(name, term, index + 1));
    }

    private void expression(Term term, String name, int index) throws NotTranslatable {
        TypeCodec codec = term.codec();
        if (codec.isKeyed()) {
            throw new NotTranslatable("an expression of a type that is stored as a key");
        }
        Sql own = term.ownScale();
        Finish finish = null;
        if (own != null) {
            finish = new Finish.Rescale(term.scale());
        } else if (codec.storage() == StorageClass.INTEGER) {
            Range range = term.range();
            finish = new Finish.Check(range == null ? Range.INT8 : range);
        }
        columns.add(own == null ? term.raw() : term.sql());
        if (own != null) {
            columns.add(own);
        }
        outputs.add(new Output(codec, term.stored(), term.isNullable(), false, index, finish));
        fields.add(new RowDescription.Field(name, 0, (short) 0, term.type(), codec.length(), term.typmod(), (short) 0));
    }

    /** Adds a column that a query around this one reads. */
    private void label(Operand operand, String name) throws NotTranslatable {
        if (operand instanceof Quotient || operand instanceof IntervalConstant) {
            throw new NotTranslatable("a numeric division or an interval in a subquery");
        }
        Term term = context.constants().term(operand).total();
        int index = columns.size() + 1;
        OrderKeyTerm rank = term.rank();
        Sql column = Sql.of(term, " AS " + Query.label(index));
        if (rank != null && rank.sql().bindings().isEmpty()) {
            int carrier = out.newCarrier();
            column = Sql.of(column, Sql.carried(carrier, Sql.of(rank.sql(), " AS " + Query.rankLabel(index))));
            term = term.rank(rank.carriedBy(carrier));
        }
        columns.add(column);
        Sql own = term.ownScale();
        if (own != null) {
            columns.add(Sql.of(own, " AS " + Query.label(index + 1)));
        }
        items.add(new Item(name, term, index));
    }

    private void quotient(Quotient quotient, String name) throws NotTranslatable {
        int index = columns.size();
        Term dividend = quotient.dividend();
        Term divisor = quotient.divisor();
        columns.add(dividend.sql());
        columns.add(divisor.sql());
        items.add(new Item(name, quotient, 0));
        Finish finish = new Finish.Divide(dividend.scale(), divisor.scale(), quotient.zeroIsNull(), quotient.digits());
        TypeCodec codec = Types.codec(Oid.NUMERIC, Types.scaled(0));
        outputs.add(new Output(codec, -1, true, false, index, finish));
        fields.add(new RowDescription.Field(name, 0, (short) 0, Oid.NUMERIC, codec.length(), -1, (short) 0));
    }
}
