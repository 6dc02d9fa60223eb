package dev.sqlmem.translate.query;

import dev.sqlmem.translate.expression.Node;
import dev.sqlmem.translate.query.FromClause.Part;
import dev.sqlmem.translate.query.OuterJoins.Equality;
import dev.sqlmem.translate.type.Comparability;
import dev.sqlmem.translate.type.Identifiers;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Translation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.operators.conditional.AndExpression;
import net.sf.jsqlparser.expression.operators.relational.EqualsTo;
import net.sf.jsqlparser.schema.Column;
import net.sf.jsqlparser.statement.select.Join;
import org.jspecify.annotations.Nullable;

/** Joins of two parts of FROM: SQLite gets ON only, and never has to find out which columns USING means. */
final class Joins {
    private final QueryContext context;
    private final Translation out;
    private final Names names;

    Joins(QueryContext context) {
        this.context = context;
        this.out = context.out();
        this.names = context.names();
    }

    private enum Kind {
        INNER,
        LEFT,
        RIGHT,
        FULL
    }

    /** What USING or NATURAL makes of columns of both sides. */
    private record Merged(String name, ScopeColumn left, ScopeColumn right) {}

    static void requireKnown(Join join) throws NotTranslatable {
        boolean other = join.isApply()
                || join.isSemi()
                || join.isStraight()
                || join.isGlobal()
                || join.isAny()
                || join.isAll()
                || join.isArray()
                || join.isAsOf()
                || join.isFetch()
                || join.isWindowJoin()
                || join.getJoinHint() != null
                || (join.isSimple() && (join.isOuter() || !on(join).isEmpty()));
        if (other) {
            throw new NotTranslatable("a join of another kind");
        }
    }

    private static Collection<Expression> on(Join join) {
        if (join.getOnExpressions() == null) {
            return List.of();
        }
        return join.getOnExpressions();
    }

    private static List<Column> using(Join join) {
        if (join.getUsingColumns() == null) {
            return List.of();
        }
        return join.getUsingColumns();
    }

    /** {@code left, right}. */
    Part comma(Part left, Part right) {
        // SQLite gives its comma the strength of a join, which only shows where rows come from the right side alone.
        Sql sql;
        if (right.outer() && right.relations().size() > 1) {
            sql = Sql.of("(", right.sql(), ")");
        } else {
            sql = right.sql();
        }
        return new Part(
                Sql.of(left.sql(), " JOIN ", sql),
                left.source() + ", " + right.source(),
                both(left.relations(), right.relations()),
                both(left.columns(), right.columns()),
                left.outer() || right.outer());
    }

    Part join(Part left, Join join, Part right, @Nullable Scope outer) throws NotTranslatable {
        Kind kind = kind(join);
        Collection<Expression> on = on(join);
        boolean bare = join.isCross() || join.isNatural();
        int conditions = on.size() + (using(join).isEmpty() ? 0 : 1);
        if (conditions != (bare ? 0 : 1) || (join.isCross() && kind != Kind.INNER)) {
            throw new NotTranslatable("a join without a condition, or with several");
        }
        out.beyond = true;
        String tail = "";
        Sql condition = Sql.text("");
        List<Merged> merged = List.of();
        List<Equality> equalities = new ArrayList<>();
        if (!on.isEmpty()) {
            Expression written = on.iterator().next();
            if (kind == Kind.FULL) {
                addEqualities(written, left, right, equalities);
            }
            Node node = condition(written, left, right, outer);
            condition =
                    Sql.of(" ON ", context.constants().condition(node.operand()).total());
            tail = " ON " + node.source();
            keys(written, kind, left, right, outer);
        } else if (!join.isCross()) {
            merged = merged(join, left, right);
            condition = equal(merged);
            merged.forEach(each -> equalities.add(new Equality(each.left, each.right)));
            if (join.isNatural()) {
                tail = "";
            } else {
                tail = " USING (" + names(join) + ")";
            }
        }
        Part l;
        if (kind == Kind.RIGHT || kind == Kind.FULL) {
            l = nullable(left);
        } else {
            l = left;
        }
        Part r;
        if (kind == Kind.LEFT || kind == Kind.FULL) {
            r = nullable(right);
        } else {
            r = right;
        }
        return new Part(
                joined(kind, left, right, condition, equalities),
                left.source() + " " + words(join) + " " + right.source() + tail,
                both(l.relations(), r.relations()),
                merged.isEmpty() ? both(l.columns(), r.columns()) : columns(kind, merged, l, r),
                left.outer() || right.outer() || kind == Kind.FULL);
    }

    private Sql joined(Kind kind, Part left, Part right, Sql condition, List<Equality> equalities)
            throws NotTranslatable {
        return switch (kind) {
            case INNER -> Sql.of(left.sql(), " JOIN ", grouped(right), condition);
            case LEFT -> Sql.of(left.sql(), " LEFT JOIN ", grouped(right), condition);
            case RIGHT -> OuterJoins.right(left, right, condition);
            case FULL -> OuterJoins.full(left, right, condition, equalities, context);
        };
    }

    private static Sql grouped(Part right) {
        if (right.relations().size() > 1 && !right.sql().startsWith("(")) {
            return Sql.of("(", right.sql(), ")");
        }
        return right.sql();
    }

    private static Kind kind(Join join) {
        if (join.isLeft()) {
            return Kind.LEFT;
        }
        if (join.isRight()) {
            return Kind.RIGHT;
        }
        if (join.isFull()) {
            return Kind.FULL;
        }
        return Kind.INNER;
    }

    private static String words(Join join) {
        StringBuilder words = new StringBuilder();
        words.append(join.isNatural() ? "NATURAL " : "");
        words.append(join.isLeft() ? "LEFT " : join.isRight() ? "RIGHT " : join.isFull() ? "FULL " : "");
        words.append(join.isOuter() ? "OUTER " : join.isInner() ? "INNER " : join.isCross() ? "CROSS " : "");
        return words.append("JOIN").toString();
    }

    private static String names(Join join) {
        List<String> names = new ArrayList<>();
        using(join).forEach(each -> names.add(each.toString()));
        return String.join(", ", names);
    }

    /** Reads ON, in which only the relations of the two sides can be named. */
    private Node condition(Expression written, Part left, Part right, @Nullable Scope outer) throws NotTranslatable {
        Scope before = names.scope;
        names.scope = scope(left, right, outer);
        try {
            return context.expressions().read(written);
        } finally {
            names.scope = before;
        }
    }

    /** The server joins fully by equalities only, and says so when it plans, not when it describes. */
    private static void addEqualities(Expression on, Part left, Part right, List<Equality> found)
            throws NotTranslatable {
        if (on instanceof AndExpression and) {
            addEqualities(and.getLeftExpression(), left, right, found);
            addEqualities(and.getRightExpression(), left, right, found);
            return;
        }
        if (on instanceof EqualsTo equal
                && equal.getLeftExpression() instanceof Column a
                && equal.getRightExpression() instanceof Column b) {
            ScopeColumn ofLeft = column(left, a);
            ScopeColumn ofRight = column(right, b);
            if (ofLeft == null || ofRight == null) {
                ofLeft = column(left, b);
                ofRight = column(right, a);
            }
            if (ofLeft != null && ofRight != null) {
                found.add(new Equality(ofLeft, ofRight));
                return;
            }
        }
        throw new NotTranslatable("FULL JOIN on something else than equal columns");
    }

    private static @Nullable ScopeColumn column(Part part, Column written) throws NotTranslatable {
        return new Scope(part.relations(), part.columns(), null).find(written);
    }

    private static Scope scope(Part left, Part right, @Nullable Scope outer) {
        return new Scope(both(left.relations(), right.relations()), both(left.columns(), right.columns()), outer);
    }

    private void keys(Expression on, Kind kind, Part left, Part right, @Nullable Scope outer) throws NotTranslatable {
        if (kind == Kind.INNER || kind == Kind.LEFT) {
            Scope before = names.scope;
            names.scope = scope(left, right, outer);
            Conjuncts.keys(on, out, names.scope, kind == Kind.INNER ? null : right.relations());
            names.scope = before;
        }
    }

    private List<Merged> merged(Join join, Part left, Part right) throws NotTranslatable {
        Set<String> names = new LinkedHashSet<>();
        if (join.isNatural()) {
            for (ScopeColumn column : left.columns()) {
                if (right.columns().stream().anyMatch(each -> each.name().equals(column.name()))) {
                    names.add(column.name());
                }
            }
        }
        for (Column column : using(join)) {
            if (!Scope.isBare(column) || !names.add(Identifiers.fold(column.getColumnName()))) {
                throw new NotTranslatable("USING in that form");
            }
        }
        List<Merged> merged = new ArrayList<>();
        for (String name : names) {
            merged.add(new Merged(name, only(left, name), only(right, name)));
        }
        return merged;
    }

    private static ScopeColumn only(Part part, String name) throws NotTranslatable {
        List<ScopeColumn> found =
                part.columns().stream().filter(each -> each.name().equals(name)).toList();
        if (found.size() != 1) {
            throw new NotTranslatable("a join by the name " + name + ", which a side has not exactly once");
        }
        return found.get(0);
    }

    private Sql equal(List<Merged> merged) throws NotTranslatable {
        if (merged.isEmpty()) {
            return Sql.text("");
        }
        List<Sql> equal = new ArrayList<>();
        for (Merged each : merged) {
            Term left = each.left.read(out);
            Term right = each.right.read(out);
            boolean same = left.type() == right.type()
                    && left.typmod() == right.typmod()
                    && left.stored() == right.stored()
                    && left.ownScale() == null
                    && right.ownScale() == null;
            if (!same) {
                throw new NotTranslatable("USING or NATURAL over columns of different types");
            }
            Comparability.requireOneCollation(left, right);
            Comparability.requireEquality(left);
            out.names.add("=");
            equal.add(Sql.of("(", left, " = ", right, ")"));
        }
        return Sql.of(" ON ", Sql.join(" AND ", equal));
    }

    /** The merged columns, then the others of the left side, then those of the right. */
    private List<ScopeColumn> columns(Kind kind, List<Merged> merged, Part l, Part r) throws NotTranslatable {
        List<ScopeColumn> columns = new ArrayList<>();
        for (Merged each : merged) {
            ScopeColumn one;
            if (kind == Kind.RIGHT) {
                one = each.right;
            } else {
                one = each.left;
            }
            columns.add(kind == Kind.FULL ? either(each) : one);
        }
        for (ScopeColumn column : l.columns()) {
            if (merged.stream().noneMatch(each -> each.name.equals(column.name()))) {
                columns.add(column);
            }
        }
        for (ScopeColumn column : r.columns()) {
            if (merged.stream().noneMatch(each -> each.name.equals(column.name()))) {
                columns.add(column);
            }
        }
        return columns;
    }

    private ScopeColumn either(Merged each) throws NotTranslatable {
        Term left = each.left.read(out);
        Term right = each.right.read(out);
        // Where both are there they are equal; the server shows the left one.
        Term term =
                left.sql(Sql.of("coalesce(", left, ", ", right, ")")).nullable(left.isNullable() || right.isNullable());
        return new ScopeColumn.OfTerm(each.name, term);
    }

    private static Part nullable(Part part) {
        return new Part(
                part.sql(),
                part.source(),
                part.relations().stream().map(Relation::nullable).toList(),
                part.columns().stream().map(ScopeColumn::nullable).toList(),
                part.outer());
    }

    private static <T> List<T> both(List<T> left, List<T> right) {
        List<T> both = new ArrayList<>(left);
        both.addAll(right);
        return both;
    }
}
