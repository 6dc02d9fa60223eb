package dev.sqlmem.plan;

import dev.sqlmem.cache.ReadQuery;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TableName;
import dev.sqlmem.catalog.TableUse;
import dev.sqlmem.plan.Binding.Conversion;
import dev.sqlmem.wire.message.RowDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.Distinct;
import net.sf.jsqlparser.statement.select.Fetch;
import net.sf.jsqlparser.statement.select.Limit;
import net.sf.jsqlparser.statement.select.Offset;
import net.sf.jsqlparser.statement.select.PlainSelect;
import org.jspecify.annotations.Nullable;

/**
 * Translates a SELECT over one table for SQLite.
 *
 * <p>A whitelist in two ways: only known kinds of syntax nodes are handled, and the statement written
 * back from what was handled must have the tokens of the original (see {@link Translation}).
 */
final class SelectTranslator {

    /**
     * A translated statement.
     *
     * @param read what SQLite runs
     * @param positions literal slots whose values the translation depends on (ORDER BY 1)
     */
    record Translated(Read read, Set<Integer> positions) {}

    private final ParsedSelect parsed;
    private final Translation out;
    private final boolean wildcards;

    /** Creates a translator; {@code declared} are the parameter types of Parse. */
    SelectTranslator(ParsedSelect parsed, TableDefinition table, List<Integer> declared, boolean wildcards)
            throws NotTranslatable {
        this(parsed, table, declared, wildcards, -1);
    }

    /** The same, where parameter {@code used} (from 0) stands outside of the text that was parsed. */
    SelectTranslator(ParsedSelect parsed, TableDefinition table, List<Integer> declared, boolean wildcards, int used)
            throws NotTranslatable {
        this.parsed = parsed;
        this.wildcards = wildcards;
        this.out = new Translation(
                new Scope(table, aliasOf(parsed.from())), new ParameterTypes(declared), parsed.literals());
        if (used >= 0) {
            out.parameters.at(used, Oid.TEXT);
        }
    }

    Translated translate() throws NotTranslatable {
        PlainSelect select = parsed.select();
        Projection projection = new Projection(out, wildcards);
        Grouping grouping = new Grouping(out, projection, parsed.literalValues());
        out.both("SELECT ");
        distinct(select.getDistinct());
        projection.write(select.getSelectItems());
        from();
        where(select.getWhere());
        grouping.groupBy(select.getGroupBy());
        boolean ordered = grouping.orderBy(select.getOrderByElements(), select.getDistinct());
        boolean limited = limits(select.getLimit(), select.getOffset(), select.getFetch());
        if (select.getDistinct() != null) {
            for (Projection.Item item : projection.items) {
                if (item.column() != null) {
                    Predicates.requireOrder(item.column(), false);
                }
            }
        }
        parsed.mustEqual(out.source.toString());
        Read read = new Read(
                new ReadQuery(out.sqlite.toString(), out.bindings.size()),
                out.bindings,
                projection.outputs,
                new ResultDescription(new RowDescription(projection.fields)),
                out.parameters.resolved(),
                List.of(new TableUse(out.scope.table(), out.attnums)),
                new ArrayList<>(out.keyed),
                out.zoned,
                open(ordered, limited, projection.aggregates && select.getGroupBy() == null));
        return new Translated(read, out.positions);
    }

    private void distinct(@Nullable Distinct distinct) throws NotTranslatable {
        if (distinct == null) {
            return;
        }
        if (distinct.getOnSelectItems() != null || distinct.isUseUnique() || distinct.isUseDistinctRow()) {
            throw new NotTranslatable("DISTINCT ON");
        }
        out.both("DISTINCT ");
    }

    private void from() {
        Table from = parsed.from();
        out.sqlite.append(" FROM t");
        out.source.append(" FROM ").append(from.getFullyQualifiedName());
        Alias alias = from.getAlias();
        if (alias != null) {
            out.source.append(alias.isUseAs() ? " AS " : " ").append(alias.getName());
        }
    }

    private void where(@Nullable Expression condition) throws NotTranslatable {
        if (condition != null) {
            out.both(" WHERE ");
            new Predicates(out).condition(condition, true);
        }
    }

    private boolean limits(@Nullable Limit limit, @Nullable Offset offset, @Nullable Fetch fetch)
            throws NotTranslatable {
        Operands operands = new Operands(out);
        if (limit != null && (limit.getOffset() != null || limit.getByExpressions() != null || fetch != null)) {
            throw new NotTranslatable("a LIMIT of another kind");
        }
        // SQLite takes LIMIT before OFFSET only; the bindings must follow its order, the source keeps its own.
        if (limit != null) {
            out.both(" LIMIT ");
            operands.count(limit.getRowCount(), Conversion.LIMIT);
        } else if (offset != null && fetch == null) {
            out.sqlite.append(" LIMIT -1");
        }
        if (fetch != null) {
            fetchAfter(operands, offset, fetch);
        } else if (offset != null) {
            offset(operands, offset);
        }
        return limit != null || offset != null || fetch != null;
    }

    private void offset(Operands operands, Offset offset) throws NotTranslatable {
        out.both(" OFFSET ");
        operands.count(offset.getOffset(), Conversion.OFFSET);
        if (offset.getOffsetParam() != null) {
            out.source.append(' ').append(offset.getOffsetParam());
        }
    }

    private void fetchAfter(Operands operands, @Nullable Offset offset, Fetch fetch) throws NotTranslatable {
        // OFFSET stands before FETCH in the source, after LIMIT in SQLite.
        StringBuilder tail = new StringBuilder();
        int bindings = out.bindings.size();
        if (offset != null) {
            int at = out.sqlite.length();
            offset(operands, offset);
            tail.append(out.sqlite, at, out.sqlite.length());
            out.sqlite.setLength(at);
        }
        out.sqlite.append(" LIMIT ");
        out.source.append(fetch.isFetchParamFirst() ? " FETCH FIRST " : " FETCH NEXT ");
        operands.count(fetch.getExpression(), Conversion.LIMIT);
        for (String word : fetch.getFetchParameters()) {
            out.source.append(' ').append(word);
        }
        if (fetch.getFetchParameters().stream()
                .anyMatch(word -> word.equalsIgnoreCase("ties") || word.equalsIgnoreCase("percent"))) {
            throw new NotTranslatable("FETCH WITH TIES");
        }
        if (offset != null) {
            out.sqlite.append(tail);
            out.bindings.add(bindings, out.bindings.remove(out.bindings.size() - 1));
        }
    }

    private String open(boolean ordered, boolean limited, boolean oneRow) {
        if (oneRow) {
            return "";
        }
        if (!ordered) {
            return limited ? "which rows and their order: no ORDER BY" : "the order of rows: no ORDER BY";
        }
        return limited ? "rows that ORDER BY leaves equal" : "";
    }

    /** Returns the name that the statement gives the table, folded. */
    static TableName tableName(Table from) throws NotTranslatable {
        if (from.getNameParts().size() > 2) {
            throw new NotTranslatable("a table name with a database");
        }
        String schema = from.getSchemaName();
        return new TableName(schema == null ? null : Identifiers.fold(schema), Identifiers.fold(from.getName()));
    }

    private static @Nullable String aliasOf(Table from) throws NotTranslatable {
        Alias alias = from.getAlias();
        if (alias == null) {
            return null;
        }
        if (alias.getAliasColumns() != null) {
            throw new NotTranslatable("a column alias list");
        }
        return Identifiers.fold(alias.getName());
    }
}
