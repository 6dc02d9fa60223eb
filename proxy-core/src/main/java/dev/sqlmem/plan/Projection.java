package dev.sqlmem.plan;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.plan.Output.Finish;
import dev.sqlmem.wire.message.RowDescription;
import dev.sqlmem.wire.type.StorageClass;
import dev.sqlmem.wire.type.TypeCodec;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.SelectItem;

/** The select list: what SQLite returns, how it is written out, and how it is described. */
final class Projection {

    /**
     * One column of the result.
     *
     * @param name the name in RowDescription, which ORDER BY can use
     * @param operand what it is; no value without type
     * @param index the column of SQLite's result that holds it, from 1
     */
    record Item(String name, Operand operand, int index) {}

    private final Translation out;
    private final Expressions expressions;
    private final boolean wildcards;
    final List<Item> items = new ArrayList<>();
    final List<Output> outputs = new ArrayList<>();
    final List<RowDescription.Field> fields = new ArrayList<>();
    private final List<Sql> columns = new ArrayList<>();

    Projection(Expressions expressions, boolean wildcards) {
        this.out = expressions.out;
        this.expressions = expressions;
        this.wildcards = wildcards;
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
        return operand instanceof Quotient quotient
                ? quotient.dividend().isAggregate() || quotient.divisor().isAggregate()
                : operand instanceof Term term && term.isAggregate();
    }

    /** Whether the server may raise an error while it computes a column. */
    boolean isRaising() {
        return items.stream().anyMatch(item -> isRaising(item.operand()));
    }

    private static boolean isRaising(Operand operand) {
        return operand instanceof Quotient quotient
                ? quotient.isRaising()
                : operand instanceof Term term && term.isRaising();
    }

    private String item(Expression expression, @org.jspecify.annotations.Nullable Alias alias) throws NotTranslatable {
        Node node = expressions.read(expression);
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
        if (!wildcards || star instanceof AllTableColumns) {
            throw new NotTranslatable("a wildcard");
        }
        for (ColumnDefinition column : out.scope.table().columns()) {
            out.touch(column);
            add(Scope.term(column), column.name());
        }
        return "*";
    }

    private void add(Operand operand, String name) throws NotTranslatable {
        if (operand instanceof Quotient quotient) {
            quotient(quotient, name);
            return;
        }
        if (operand instanceof Span) {
            throw new NotTranslatable("a constant interval in the select list");
        }
        out.beyond |= operand instanceof Value;
        Term term = expressions.constants.term(operand);
        out.beyond |= term.column() == null && !term.isAggregate();
        int index = columns.size() + 1;
        out.fallible |= term.range() != null;
        Sql own = term.ownScale();
        TypeCodec codec = Types.codec(term.type(), term.stored());
        Finish finish = null;
        if (own != null) {
            finish = new Finish.Rescale(term.scale());
        } else if (term.column() == null && codec.storage() == StorageClass.INTEGER) {
            Range range = term.range();
            finish = new Finish.Check(range == null ? Range.INT8 : range);
        }
        columns.add(own == null ? term.raw() : term.sql());
        if (own != null) {
            columns.add(own);
        }
        items.add(new Item(name, term, index));
        outputs.add(new Output(codec, term.stored(), term.isNullable(), index - 1, finish));
        fields.add(field(term, name, codec));
    }

    private RowDescription.Field field(Term term, String name, TypeCodec codec) {
        ColumnDefinition column = term.column();
        boolean real = column != null && out.scope.table().oid() != 0;
        int table = column == null ? 0 : (int) out.scope.table().oid();
        short attnum = (short) (column != null && real ? column.attnum() : 0);
        return new RowDescription.Field(
                name, table, attnum, term.type(), codec.length(), term.typmod(), (short) 0);
    }

    private void quotient(Quotient quotient, String name) throws NotTranslatable {
        out.fallible = true;
        int index = columns.size();
        Term dividend = quotient.dividend();
        Term divisor = quotient.divisor();
        columns.add(dividend.sql());
        columns.add(divisor.sql());
        items.add(new Item(name, quotient, 0));
        Finish finish =
                new Finish.Divide(dividend.scale(), divisor.scale(), quotient.zeroIsNull(), quotient.digits());
        TypeCodec codec = Types.codec(Oid.NUMERIC, Types.scaled(0));
        outputs.add(new Output(codec, -1, true, index, finish));
        fields.add(new RowDescription.Field(name, 0, (short) 0, Oid.NUMERIC, codec.length(), -1, (short) 0));
    }
}
