package dev.sqlmem.plan;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.wire.message.RowDescription;
import dev.sqlmem.wire.type.NumericCodec;
import dev.sqlmem.wire.type.TypeCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.AllColumns;
import net.sf.jsqlparser.statement.select.AllTableColumns;
import net.sf.jsqlparser.statement.select.SelectItem;
import org.jspecify.annotations.Nullable;

/**
 * The select list: columns and the aggregates whose result types are fixed (manual, "Aggregate
 * Functions"), each with the description that the server would send.
 */
final class Projection {

    /**
     * One column of the result.
     *
     * @param name the name in RowDescription, which ORDER BY can use
     * @param column the plain column, or null for an aggregate
     * @param sqlite the SQLite expression
     */
    record Item(String name, @Nullable ColumnDefinition column, String sqlite) {}

    private static final Set<Integer> MIN_MAX = Set.of(
            Oid.INT2,
            Oid.INT4,
            Oid.INT8,
            Oid.NUMERIC,
            Oid.TEXT,
            Oid.VARCHAR,
            Oid.BPCHAR,
            Oid.DATE,
            Oid.TIME,
            Oid.TIMESTAMP,
            Oid.TIMESTAMPTZ);

    private final Translation out;
    private final boolean wildcards;
    final List<Item> items = new ArrayList<>();
    final List<Output> outputs = new ArrayList<>();
    final List<RowDescription.Field> fields = new ArrayList<>();
    boolean aggregates;

    Projection(Translation out, boolean wildcards) {
        this.out = out;
        this.wildcards = wildcards;
    }

    /** Writes the whole select list. */
    void write(List<SelectItem<?>> list) throws NotTranslatable {
        for (int i = 0; i < list.size(); i++) {
            if (i > 0) {
                out.both(", ");
            }
            item(list.get(i));
        }
    }

    private void item(SelectItem<?> item) throws NotTranslatable {
        Expression expression = item.getExpression();
        Alias alias = item.getAlias();
        if (expression instanceof AllTableColumns) {
            throw new NotTranslatable("a wildcard");
        } else if (expression instanceof AllColumns) {
            wildcard();
        } else if (expression instanceof Column column) {
            ColumnDefinition of = out.scope.resolve(column);
            out.source.append(column);
            plain(of, alias == null ? of.name() : name(alias));
        } else if (expression instanceof Function function) {
            aggregate(function, alias);
        } else {
            throw new NotTranslatable(
                    "an expression in the select list (" + expression.getClass().getSimpleName() + ")");
        }
        if (alias != null) {
            out.source.append(alias.isUseAs() ? " AS " : " ").append(alias.getName());
        }
    }

    private void wildcard() throws NotTranslatable {
        if (!wildcards) {
            throw new NotTranslatable("a wildcard");
        }
        out.source.append('*');
        List<ColumnDefinition> columns = out.scope.table().columns();
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                out.sqlite.append(", ");
            }
            plain(columns.get(i), columns.get(i).name());
        }
    }

    private void plain(ColumnDefinition column, String name) throws NotTranslatable {
        ColumnOutput written = ColumnOutput.of(out.scope.table(), column, name);
        out.touch(column);
        out.sqlite.append(written.sqlite());
        items.add(new Item(name, column, Translation.reference(column)));
        outputs.add(written.output());
        fields.add(written.field());
    }

    private void aggregate(Function function, @Nullable Alias alias) throws NotTranslatable {
        String name = Identifiers.fold(function.getName());
        aggregates = true;
        int from = out.sqlite.length();
        out.source.append(function.getName()).append('(');
        if (name.equals("count")) {
            count(function, alias);
        } else {
            over(name, function, alias);
        }
        out.source.append(')');
        String sqlite = out.sqlite.substring(from);
        items.add(new Item(fields.get(fields.size() - 1).name(), null, sqlite));
    }

    private void count(Function function, @Nullable Alias alias) throws NotTranslatable {
        out.sqlite.append("count(");
        if (function.getParameters() != null && function.getParameters().size() == 1) {
            Expression argument = function.getParameters().get(0);
            if (function.isDistinct()) {
                out.both("DISTINCT ");
            }
            if (argument instanceof AllColumns && !(argument instanceof AllTableColumns) && !function.isDistinct()) {
                out.both("*");
            } else {
                ColumnDefinition column = argument(argument);
                if (function.isDistinct()) {
                    Predicates.requireOrder(column, false);
                }
            }
        } else {
            throw new NotTranslatable("count over several arguments");
        }
        out.sqlite.append(')');
        result(alias, "count", Oid.INT8, Operands.codec(Oid.INT8, -1), -1, false);
    }

    private void over(String name, Function function, @Nullable Alias alias) throws NotTranslatable {
        if (function.getParameters() == null || function.getParameters().size() != 1 || function.isDistinct()) {
            throw new NotTranslatable("function " + name);
        }
        boolean sum = name.equals("sum");
        if (!sum && !name.equals("min") && !name.equals("max")) {
            throw new NotTranslatable("function " + name);
        }
        out.sqlite.append(name).append('(');
        ColumnDefinition column = argument(function.getParameters().get(0));
        out.sqlite.append(')');
        if (sum) {
            sum(column, alias);
            return;
        }
        if (!MIN_MAX.contains(column.typeOid())) {
            throw new NotTranslatable(name + " over " + column.typeName());
        }
        Predicates.requireOrder(column, true);
        Predicates.requireIdentity(column);
        int type = column.typeOid() == Oid.VARCHAR ? Oid.TEXT : column.typeOid();
        result(alias, name, type, Operands.codec(column.typeOid(), column.typmod()), column.typmod(), true);
    }

    private void sum(ColumnDefinition column, @Nullable Alias alias) throws NotTranslatable {
        switch (column.typeOid()) {
            case Oid.INT2, Oid.INT4 -> result(alias, "sum", Oid.INT8, Operands.codec(Oid.INT8, -1), -1, true);
            case Oid.INT8 -> numericSum(alias, NumericCodec.typmod(18, 0));
            case Oid.NUMERIC -> {
                if (!(column.codec() instanceof NumericCodec)) {
                    throw new NotTranslatable("sum over " + column.typeName());
                }
                numericSum(alias, column.typmod());
            }
            default -> throw new NotTranslatable("sum over " + column.typeName());
        }
    }

    private void numericSum(@Nullable Alias alias, int typmod) throws NotTranslatable {
        out.total = false; // SQLite gives up beyond 64 bits, the server does not
        result(alias, "sum", Oid.NUMERIC, Operands.codec(Oid.NUMERIC, typmod), typmod, true);
    }

    private ColumnDefinition argument(Expression argument) throws NotTranslatable {
        if (!(argument instanceof Column written)) {
            throw new NotTranslatable("an aggregate over an expression");
        }
        ColumnDefinition column = out.scope.resolve(written);
        out.column(column);
        out.source.append(written);
        return column;
    }

    private void result(@Nullable Alias alias, String name, int type, TypeCodec codec, int typmod, boolean nullable)
            throws NotTranslatable {
        TypeCodec described = Operands.codec(type, type == Oid.NUMERIC || type == Oid.BPCHAR ? typmod : -1);
        outputs.add(new Output(codec, typmod, nullable));
        fields.add(new RowDescription.Field(
                alias == null ? name : name(alias), 0, (short) 0, type, described.length(), -1, (short) 0));
    }

    private static String name(Alias alias) throws NotTranslatable {
        if (alias.getAliasColumns() != null) {
            throw new NotTranslatable("a column alias list");
        }
        return Identifiers.foldLabel(alias.getName(), alias.isUseAs());
    }
}
