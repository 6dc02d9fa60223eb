package dev.sqlmem.plan;

import dev.sqlmem.cache.ReadQuery;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TableName;
import dev.sqlmem.catalog.TableUse;
import dev.sqlmem.plan.Grouping.Clause;
import dev.sqlmem.wire.message.RowDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.sf.jsqlparser.expression.Alias;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.Distinct;
import net.sf.jsqlparser.statement.select.PlainSelect;
import org.jspecify.annotations.Nullable;

/**
 * Translates a SELECT over one table for SQLite.
 *
 * <p>A whitelist in two ways: only known kinds of syntax nodes are handled, and the statement written
 * back from what was handled must have the tokens of the original (see {@link ParsedSelect#mustEqual}).
 */
final class SelectTranslator {
    private static final Pattern LITERAL = Pattern.compile("\\?(\\d+)");

    /**
     * A translated statement.
     *
     * @param read what SQLite runs
     * @param positions literal slots whose values the translation depends on (ORDER BY 1)
     * @param names the operators and functions that it is built on
     * @param beyond whether its description is inferred by rules that the server is to confirm
     */
    record Translated(Read read, Set<Integer> positions, Set<String> names, boolean beyond) {}

    private final ParsedSelect parsed;
    private final Translation out;
    private final Expressions expressions;
    private final Projection projection;
    private final Grouping grouping;
    private final boolean local;

    /** Creates a translator; {@code declared} are the parameter types of Parse. */
    SelectTranslator(ParsedSelect parsed, TableDefinition table, List<Integer> declared) throws NotTranslatable {
        this(parsed, table, declared, false, -1);
    }

    /**
     * The same for a table of the proxy's own, where parameter {@code used} (from 0) stands outside of the
     * text that was parsed, and no server can be asked whether the statement is right.
     */
    static SelectTranslator local(ParsedSelect parsed, TableDefinition table, List<Integer> declared, int used)
            throws NotTranslatable {
        return new SelectTranslator(parsed, table, declared, true, used);
    }

    private SelectTranslator(
            ParsedSelect parsed, TableDefinition table, List<Integer> declared, boolean local, int used)
            throws NotTranslatable {
        this.parsed = parsed;
        this.local = local;
        this.out = new Translation(
                new Scope(table, aliasOf(parsed.from())),
                new ParameterTypes(declared),
                parsed.literals(),
                parsed.literalValues());
        this.expressions = new Expressions(out);
        this.projection = new Projection(expressions, local);
        this.grouping = new Grouping(expressions, projection);
        if (used >= 0) {
            out.parameters.at(used, Oid.TEXT);
        }
    }

    Translated translate() throws NotTranslatable {
        PlainSelect select = parsed.select();
        boolean distinct = distinct(select.getDistinct());
        String list = projection.read(select.getSelectItems());
        Clause where = condition(" WHERE ", select.getWhere());
        Clause groups = grouping.groupBy(select.getGroupBy());
        Clause having = having(select.getHaving(), groups);
        boolean grouped = groups.isThere() || projection.hasAggregates();
        if (grouped && !grouping.groupsAllColumns()) {
            requireServer("a column that is not grouped");
        }
        Clause order = grouping.orderBy(select.getOrderByElements(), distinct || grouped, distinct);
        Clause limits = new Limits(expressions).read(select, parsed.isOffsetFirst());
        if (distinct) {
            requireIdentities();
        }
        if ((projection.isRaising() || grouping.isRaising()) && (distinct || limits.isThere())) {
            throw new NotTranslatable("an expression that may raise an error for rows that are not shown");
        }
        String word = distinct ? "SELECT DISTINCT " : "SELECT ";
        String source = word + list + from() + where.source() + groups.source() + having.source() + order.source()
                + limits.source();
        parsed.mustEqual(source);
        if (grouping.isByExpressions()) {
            dependOnLiterals(list + groups.source() + having.source() + order.source());
        }
        Conjuncts.keys(select.getWhere(), out);
        Sql sql = Sql.of(
                word, projection.sql(), " FROM " + Scope.RELATION, where.sql(), groups.sql(), having.sql(),
                order.sql(), limits.sql());
        return new Translated(read(sql, open(order, limits, grouped && !groups.isThere())), out.positions, out.names, out.beyond);
    }

    private Read read(Sql sql, String open) throws NotTranslatable {
        return new Read(
                new ReadQuery(sql.text(), sql.bindings().size()),
                sql.bindings(),
                projection.outputs,
                new ResultDescription(new RowDescription(projection.fields)),
                out.parameters.resolved(),
                List.of(new TableUse(out.scope.table(), out.attnums)),
                new ArrayList<>(out.keyed),
                out.zoned,
                out.fallible || sql.text().contains(Sql.FAILURE.text()),
                open);
    }

    private static boolean distinct(@Nullable Distinct distinct) throws NotTranslatable {
        if (distinct == null) {
            return false;
        }
        if (distinct.getOnSelectItems() != null || distinct.isUseUnique() || distinct.isUseDistinctRow()) {
            throw new NotTranslatable("DISTINCT ON");
        }
        return true;
    }

    private String from() {
        Table from = parsed.from();
        Alias alias = from.getAlias();
        String named = alias == null ? "" : (alias.isUseAs() ? " AS " : " ") + alias.getName();
        return " FROM " + from.getFullyQualifiedName() + named;
    }

    private Clause condition(String word, @Nullable Expression condition) throws NotTranslatable {
        if (condition == null) {
            return Clause.NONE;
        }
        Node node = expressions.read(condition);
        return new Clause(Sql.of(word, Expressions.total(expressions.condition(node))), word + node.source());
    }

    private Clause having(@Nullable Expression having, Clause groups) throws NotTranslatable {
        if (having == null) {
            return Clause.NONE;
        }
        requireServer("HAVING");
        if (!groups.isThere() && !projection.hasAggregates()) {
            throw new NotTranslatable("HAVING without groups");
        }
        return condition(" HAVING ", having);
    }

    /** Says that only the server can tell whether the statement is right. */
    private void requireServer(String why) throws NotTranslatable {
        if (local) {
            throw new NotTranslatable(why);
        }
        out.beyond = true;
    }

    private void requireIdentities() throws NotTranslatable {
        for (Projection.Item item : projection.items) {
            if (!(item.operand() instanceof Term term)) {
                throw new NotTranslatable("DISTINCT over a numeric division");
            }
            Comparability.requireIdentity(term);
        }
    }

    /** The server requires that expressions are equal with their literals; the shape does not show those. */
    private void dependOnLiterals(String source) {
        Matcher literal = LITERAL.matcher(source);
        while (literal.find()) {
            int slot = Integer.parseInt(literal.group(1)) - 1;
            if (slot < out.literals.size()) {
                out.positions.add(slot);
            }
        }
    }

    private static String open(Clause order, Clause limits, boolean oneRow) {
        if (oneRow) {
            return "";
        }
        if (!order.isThere()) {
            return limits.isThere() ? "which rows and their order: no ORDER BY" : "the order of rows: no ORDER BY";
        }
        return limits.isThere() ? "rows that ORDER BY leaves equal" : "";
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
