package dev.sqlmem.translate.expression;

import dev.sqlmem.translate.function.Arithmetic;
import dev.sqlmem.translate.function.Casts;
import dev.sqlmem.translate.type.Comparability;
import dev.sqlmem.translate.type.Constants;
import dev.sqlmem.translate.type.Family;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Operand;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Types;
import dev.sqlmem.translate.type.Value;
import dev.sqlmem.wire.type.Oid;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.expression.CaseExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.WhenClause;
import org.jspecify.annotations.Nullable;

/** CASE, COALESCE, NULLIF, GREATEST and LEAST (manual, "Conditional Expressions"). */
final class Conditionals {
    private final ExpressionReader expressions;
    private final Constants constants;
    private final Comparisons comparisons;

    Conditionals(ExpressionReader expressions, Constants constants, Comparisons comparisons) {
        this.expressions = expressions;
        this.constants = constants;
        this.comparisons = comparisons;
    }

    /**
     * Alternatives in one type and encoding.
     *
     * @param terms the alternatives
     * @param scales their display scales, null where they have all the same
     */
    private record Alternatives(
            int type,
            int typmod,
            List<Term> terms,
            @Nullable List<Sql> scales) {

        /**
         * Requires that the server describes the choice by one modifier. It does not where its planner can
         * choose beforehand and an alternative has another modifier: then Describe of a statement and of a
         * portal differ.
         */
        void requireKept(boolean chosenBefore) throws NotTranslatable {
            if (chosenBefore && terms.stream().anyMatch(each -> each.typmod() != typmod)) {
                throw new NotTranslatable("a choice by constants between types with modifiers");
            }
        }

        Term of(Sql sql, @Nullable Sql scale) throws NotTranslatable {
            Term[] from = terms.toArray(Term[]::new);
            BigInteger bound = BigInteger.ZERO;
            for (Term term : terms) {
                bound = bound.max(term.bound());
            }
            return Term.of(type, sql, from)
                    .stored(from[0].stored())
                    .typmod(typmod)
                    .bound(bound)
                    .ownScale(scales == null ? null : scale);
        }
    }

    /** Brings operands to one type (manual, "UNION, CASE, and Related Constructs"); the first counts most. */
    private Alternatives alternatives(List<Operand> operands) throws NotTranslatable {
        int type = 0;
        boolean values = false;
        for (Operand operand : operands) {
            if (type == 0) {
                type = operand.type();
            } else {
                type = common(type, operand.type());
            }
            values |= operand instanceof Value;
        }
        if (type == 0) {
            type = Oid.TEXT;
        }
        List<Term> terms = new ArrayList<>();
        int scale = 0;
        for (Operand operand : operands) {
            Term term = constants.term(operand, type);
            if (type == Oid.NUMERIC && Types.isInteger(term.type())) {
                term = Casts.numeric(term);
            }
            if (!(operand instanceof Value value && value.isNull())) {
                scale = Math.max(scale, term.scale());
            }
            Comparability.requireEquality(term);
            if (type == Oid.NUMERIC && !term.isNumber()) {
                throw new NotTranslatable("alternatives of numerics without scale");
            }
            terms.add(term.total());
        }
        if (type == Oid.BPCHAR || type == Oid.INTERVAL) {
            throw new NotTranslatable("alternatives of type " + type);
        }
        int typmod;
        if (values) {
            typmod = -1;
        } else {
            typmod = commonTypmod(terms);
        }
        if (type == Oid.NUMERIC) {
            return numeric(operands, terms, scale, typmod);
        }
        return new Alternatives(type, typmod, terms, null);
    }

    private static int common(int type, int other) throws NotTranslatable {
        if (other == 0 || type == other) {
            return type;
        }
        if (Types.isNumber(type) && Types.isNumber(other)) {
            return Types.wider(type, other);
        }
        if (Family.of(type) == Family.TEXT && Family.of(other) == Family.TEXT) {
            return type;
        }
        throw new NotTranslatable("alternatives of types " + type + " and " + other);
    }

    private static int commonTypmod(List<Term> terms) {
        Term first = terms.get(0);
        if (terms.stream().allMatch(each -> each.type() == first.type() && each.typmod() == first.typmod())) {
            return first.typmod();
        }
        return -1;
    }

    private static Alternatives numeric(List<Operand> operands, List<Term> terms, int scale, int typmod)
            throws NotTranslatable {
        List<Term> scaled = new ArrayList<>();
        List<Sql> scales = new ArrayList<>();
        boolean same = true;
        for (int i = 0; i < terms.size(); i++) {
            Term term = terms.get(i);
            boolean isNull = operands.get(i) instanceof Value value && value.isNull();
            same &= isNull || (term.scale() == scale && term.ownScale() == null);
            scales.add(isNull ? Sql.text(String.valueOf(scale)) : Arithmetic.scaleOf(term));
            scaled.add(
                    isNull ? Constants.nothing(Oid.NUMERIC, Types.scaled(scale)) : Comparability.rescaled(term, scale));
        }
        return new Alternatives(Oid.NUMERIC, typmod, scaled, same ? null : scales);
    }

    Node read(CaseExpression of) throws NotTranslatable {
        Node subject;
        if (of.getSwitchExpression() == null) {
            subject = null;
        } else {
            subject = expressions.read(of.getSwitchExpression());
        }
        StringBuilder source = new StringBuilder("CASE ").append(subject == null ? "" : subject.source() + " ");
        List<Term> conditions = new ArrayList<>();
        List<Operand> results = new ArrayList<>();
        for (WhenClause when : of.getWhenClauses()) {
            Node condition = expressions.read(when.getWhenExpression());
            Node result = expressions.read(when.getThenExpression());
            source.append("WHEN ")
                    .append(condition.source())
                    .append(" THEN ")
                    .append(result.source())
                    .append(' ');
            Term holds;
            if (subject == null) {
                holds = constants.condition(condition.operand());
            } else {
                holds = comparisons.compare("=", subject.operand(), condition.operand());
            }
            conditions.add(holds.total());
            results.add(result.operand());
        }
        Node other;
        if (of.getElseExpression() == null) {
            other = null;
        } else {
            other = expressions.read(of.getElseExpression());
        }
        source.append(other == null ? "" : "ELSE " + other.source() + " ").append("END");
        // The server lets the default choose the type first.
        results.add(0, other == null ? Value.NULL : other.operand());
        Term term = choice(conditions, alternatives(results));
        boolean named = other != null && other.sure();
        String name;
        if (other != null && named) {
            name = other.name();
        } else {
            name = "case";
        }
        return new Node(source.toString(), Precedence.PRIMARY, term, name, named);
    }

    private static Term choice(List<Term> conditions, Alternatives of) throws NotTranslatable {
        for (Term condition : conditions) {
            of.requireKept(condition.isConstant() || condition.isFoldable());
        }
        List<Object> sql = new ArrayList<>(List.of("(CASE"));
        List<Object> scale = new ArrayList<>(List.of("(CASE"));
        for (int i = 0; i < conditions.size(); i++) {
            Term condition = conditions.get(i);
            sql.addAll(List.of(" WHEN ", condition, " THEN ", of.terms.get(i + 1)));
            if (of.scales != null) {
                scale.addAll(List.of(" WHEN ", condition, " THEN ", of.scales.get(i + 1)));
            }
        }
        sql.addAll(List.of(" ELSE ", of.terms.get(0), " END)"));
        scale.addAll(of.scales == null ? List.of() : List.of(" ELSE ", of.scales.get(0), " END)"));
        Term term = of.of(Sql.of(sql.toArray()), Sql.of(scale.toArray())).nullable(true);
        return term.under(conditions);
    }

    /** Returns the value of one of the constructs that look like functions; null where it takes other arguments. */
    @Nullable
    Term construct(String name, List<Operand> operands) throws NotTranslatable {
        if (operands.isEmpty()) {
            throw new NotTranslatable(name + " without arguments");
        }
        if (name.equals("coalesce")) {
            return coalesce(operands);
        }
        if (!name.equals("nullif")) {
            return extreme(name, operands);
        }
        if (operands.size() == 2) {
            return nullif(operands.get(0), operands.get(1));
        }
        return null;
    }

    /** {@code coalesce(…)}. */
    private Term coalesce(List<Operand> operands) throws NotTranslatable {
        Alternatives of = alternatives(operands);
        of.requireKept(of.terms.get(0).isConstant() || of.terms.stream().anyMatch(Term::isFoldable));
        List<Object> scale = new ArrayList<>(List.of("(CASE"));
        List<Sql> pieces = new ArrayList<>();
        boolean nullable = true;
        for (int i = 0; i < of.terms.size(); i++) {
            Term term = of.terms.get(i);
            pieces.add(term.sql());
            nullable &= term.isNullable();
            if (of.scales != null) {
                scale.addAll(List.of(" WHEN ", term, " IS NOT NULL THEN ", of.scales.get(i)));
            }
        }
        Sql sql;
        if (pieces.size() == 1) {
            sql = pieces.get(0);
        } else {
            sql = Sql.of("coalesce(", Sql.join(", ", pieces), ")");
        }
        return of.of(sql, Sql.of(Sql.of(scale.toArray()), " END)")).nullable(nullable);
    }

    /** {@code nullif(a, b)}: the first, in the type in which it is compared. */
    private Term nullif(Operand left, Operand right) throws NotTranslatable {
        Term first = constants.term(left, right.type());
        if (right instanceof Term other && first.isNumber() && other.type() != first.type()) {
            throw new NotTranslatable("nullif over several types");
        }
        if (right instanceof Value value && value.type() == Oid.NUMERIC && first.type() != Oid.NUMERIC) {
            throw new NotTranslatable("nullif over several types");
        }
        Term equal = comparisons.compare("=", left instanceof Value ? first : left, right);
        int type;
        if (first.type() == Oid.VARCHAR) {
            type = Oid.TEXT;
        } else {
            type = first.type();
        }
        if (type == Oid.BPCHAR) {
            throw new NotTranslatable("nullif over char(n)");
        }
        return Term.of(type, Sql.of("(CASE WHEN ", equal, " THEN NULL ELSE ", first, " END)"), first, equal)
                .stored(first.stored())
                .typmod(type == first.type() ? first.typmod() : -1)
                .bound(first.bound())
                .ownScale(first.ownScale())
                .order(first.order())
                .nullable(true);
    }

    /** {@code greatest(…)} and {@code least(…)}, which pass over nulls. */
    private Term extreme(String function, List<Operand> operands) throws NotTranslatable {
        Alternatives of = alternatives(operands);
        if (of.scales != null) {
            throw new NotTranslatable(function + " over numbers of several scales");
        }
        var order = of.of(Sql.NULL, null).order();
        List<Sql> rotated = new ArrayList<>();
        for (int i = 0; i < of.terms.size(); i++) {
            Comparability.requireOrder(of.terms.get(i), order);
            List<Sql> pieces = new ArrayList<>();
            for (int j = 0; j < of.terms.size(); j++) {
                pieces.add(of.terms.get((i + j) % of.terms.size()).sql());
            }
            rotated.add(pieces.size() == 1 ? pieces.get(0) : Sql.of("coalesce(", Sql.join(", ", pieces), ")"));
        }
        // Each is not null unless all are, so that SQLite's functions, which null decides, have no nulls to meet.
        String name;
        if (function.equals("greatest")) {
            name = "max(";
        } else {
            name = "min(";
        }
        Sql sql;
        if (rotated.size() == 1) {
            sql = rotated.get(0);
        } else {
            sql = Sql.of(name, Sql.join(", ", rotated), ")");
        }
        return of.of(sql, null);
    }

    /** Reads arguments and returns their source. */
    String arguments(List<? extends Expression> arguments, List<Operand> operands) throws NotTranslatable {
        StringBuilder source = new StringBuilder();
        for (Expression argument : arguments) {
            Node node = expressions.read(argument);
            source.append(operands.isEmpty() ? "" : ", ").append(node.source());
            operands.add(node.operand());
        }
        return source.toString();
    }
}
