package dev.sqlmem.translate.query;

import dev.sqlmem.translate.expression.Node;
import dev.sqlmem.translate.type.Comparability;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Translation;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.statement.select.Distinct;
import net.sf.jsqlparser.statement.select.PlainSelect;
import org.jspecify.annotations.Nullable;

/** One SELECT with its clauses, as the statement itself or inside of another query. */
final class SelectBlock {
    private static final String HAVING = " HAVING ";
    private static final Pattern LITERAL = Pattern.compile("\\?(\\d+)");

    private final QueryContext context;
    private final Translation out;
    private final Names names;
    private final Projection projection;
    private final Grouping grouping;
    private final boolean inner;

    SelectBlock(QueryContext context, boolean inner) {
        this.context = context;
        this.out = context.out();
        this.names = context.names();
        this.projection = new Projection(context, inner);
        this.grouping = new Grouping(context, projection);
        this.inner = inner;
    }

    /**
     * What was read.
     *
     * @param oneRow whether it cannot return more than one row
     * @param chosen whether ORDER BY or LIMIT stand behind it, so that it cannot be an operand as it is
     * @param limited whether LIMIT or OFFSET do
     * @param open what SQL leaves open about its rows, for people
     */
    record Block(Sql sql, String source, boolean oneRow, boolean chosen, boolean limited, String open) {}

    Projection projection() {
        return projection;
    }

    /** The output columns that show the first keys of ORDER BY. */
    List<Integer> shownKeys() {
        return grouping.shownKeys();
    }

    /** Reads it as a query inside of another one. */
    Subquery inner(PlainSelect select, @Nullable Scope outer) throws NotTranslatable {
        Block block = read(select, outer, false);
        return new Subquery(new Query(block.sql, block.chosen, projection.columns(), block.oneRow), block.source);
    }

    /** Reads it; {@code offsetFirst} says that OFFSET stands before LIMIT. */
    Block read(PlainSelect select, @Nullable Scope outer, boolean offsetFirst) throws NotTranslatable {
        boolean distinct = distinct(select.getDistinct());
        Clause from = from(select, outer);
        String list = projection.read(select.getSelectItems());
        Clause where = condition(" WHERE ", select.getWhere());
        Clause groups = grouping.groupBy(select.getGroupBy());
        Clause having = having(select.getHaving(), groups);
        boolean grouped = groups.isThere() || projection.hasAggregates();
        if (groups.isThere()) {
            grouping.requireIdentities();
        }
        if (grouped && !grouping.groupsAllColumns()) {
            out.requireServer("a column that is not grouped");
        }
        Clause order = grouping.orderBy(select.getOrderByElements(), distinct || grouped, distinct);
        Clause limits = new Limits(context).read(select, offsetFirst);
        if (distinct) {
            requireIdentities();
        }
        if ((projection.isRaising() || grouping.isRaising()) && (inner || distinct || limits.isThere())) {
            throw new NotTranslatable("an expression that may raise an error for rows that are not shown");
        }
        out.limitedInside |= inner && limits.isThere();
        String word;
        if (distinct) {
            word = "SELECT DISTINCT ";
        } else {
            word = "SELECT ";
        }
        if (grouping.isByExpressions()) {
            dependOnLiterals(list + groups.source() + having.source() + order.source());
        }
        boolean oneRow = grouped && !groups.isThere();
        if (inner) {
            oneRow |= !oneRow && OneRow.isCertain(select, out, names.scope);
        } else {
            Conjuncts.keys(select.getWhere(), out, names.scope, null);
        }
        boolean oneGroup = !inner && !distinct && !groups.isThere() && !having.isThere() && !order.isThere();
        Sql sql;
        if (oneGroup && projection.hasExtremeTexts()) {
            sql = Sql.of(projection.overPlaces(Sql.of(from.sql(), where.sql())), limits.sql());
        } else {
            sql = Sql.of(
                    word,
                    projection.sql(),
                    from.sql(),
                    where.sql(),
                    groups.sql(),
                    having.sql(),
                    order.sql(),
                    limits.sql());
        }
        String source = word
                + list
                + from.source()
                + where.source()
                + groups.source()
                + having.source()
                + order.source()
                + limits.source();
        return new Block(
                sql,
                source,
                oneRow,
                order.isThere() || limits.isThere(),
                limits.isThere(),
                open(order.isThere(), limits.isThere(), oneRow));
    }

    private Clause from(PlainSelect select, @Nullable Scope outer) throws NotTranslatable {
        if (select.getFromItem() == null) {
            out.requireServer("a SELECT without FROM");
            names.scope = new Scope(List.of(), List.of(), outer);
            return Clause.NONE;
        }
        FromClause.Part part = new FromClause(context).read(select.getFromItem(), select.getJoins(), outer);
        names.scope = new Scope(part.relations(), part.columns(), outer);
        if (part.relations().size() > 1) {
            out.requireServer("a join");
        }
        for (Relation relation : part.relations()) {
            if (!inner && relation.table() != null) {
                out.lookups.source(relation.alias(), relation.table().oid());
            } else {
                out.lookups.nested();
            }
        }
        return new Clause(Sql.of(" FROM ", part.sql()), " FROM " + part.source());
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

    private Clause condition(String word, @Nullable Expression condition) throws NotTranslatable {
        if (condition == null) {
            return Clause.NONE;
        }
        Node node = context.expressions().read(condition);
        Term term = context.constants().condition(node.operand()).total();
        if (term.isAggregate() && !word.equals(HAVING)) {
            throw new NotTranslatable("an aggregate in WHERE");
        }
        return new Clause(Sql.of(word, term), word + node.source());
    }

    private Clause having(@Nullable Expression having, Clause groups) throws NotTranslatable {
        if (having == null) {
            return Clause.NONE;
        }
        out.requireServer("HAVING");
        if (!groups.isThere() && !projection.hasAggregates()) {
            throw new NotTranslatable("HAVING without groups");
        }
        return condition(HAVING, having);
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

    static String open(boolean ordered, boolean limited, boolean oneRow) {
        if (oneRow) {
            return "";
        }
        if (!ordered) {
            if (limited) {
                return "which rows and their order: no ORDER BY";
            }
            return "the order of rows: no ORDER BY";
        }
        if (limited) {
            return "rows that ORDER BY leaves equal";
        }
        return "";
    }
}
