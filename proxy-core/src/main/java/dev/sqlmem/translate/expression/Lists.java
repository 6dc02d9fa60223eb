package dev.sqlmem.translate.expression;

import dev.sqlmem.plan.Binding;
import dev.sqlmem.plan.Binding.Conversion;
import dev.sqlmem.plan.Binding.Source;
import dev.sqlmem.storage.StorageClass;
import dev.sqlmem.translate.type.Comparability;
import dev.sqlmem.translate.type.Comparands;
import dev.sqlmem.translate.type.Constants;
import dev.sqlmem.translate.type.Family;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Operand;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Translation;
import dev.sqlmem.translate.type.TypeName;
import dev.sqlmem.translate.type.Types;
import dev.sqlmem.translate.type.Value;
import dev.sqlmem.translate.type.Value.Kind;
import dev.sqlmem.wire.type.Oid;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.expression.ArrayConstructor;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.JdbcParameter;
import net.sf.jsqlparser.expression.operators.relational.InExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;

/** {@code IN (…)}, {@code = ANY (array)} and {@code <> ALL (array)}. */
final class Lists {
    private final ExpressionReader expressions;
    private final Translation out;
    private final Constants constants;
    private final Comparisons comparisons;
    private final Rows rows;

    Lists(ExpressionReader expressions, Translation out, Constants constants, Comparisons comparisons, Rows rows) {
        this.expressions = expressions;
        this.out = out;
        this.constants = constants;
        this.comparisons = comparisons;
        this.rows = rows;
    }

    Node in(InExpression in) throws NotTranslatable {
        if (!(in.getRightExpression() instanceof ParenthesedExpressionList<?> list)
                || list.isEmpty()
                || in.isGlobal()
                || in.getOldOracleJoinSyntax() != 0) {
            throw new NotTranslatable("IN with a subquery or an expression");
        }
        if (Rows.isRow(in.getLeftExpression())) {
            return rows.in(in.getLeftExpression(), in.isNot(), list);
        }
        Node left = expressions.read(in.getLeftExpression());
        List<Operand> members = new ArrayList<>();
        String source = left.at(Precedence.OTHER) + (in.isNot() ? " NOT IN (" : " IN (") + members(list, members) + ")";
        Term found = member(left.operand(), members);
        return Node.of(source, Precedence.PREDICATE, in.isNot() ? Comparisons.not(found) : found);
    }

    private String members(List<?> list, List<Operand> members) throws NotTranslatable {
        StringBuilder source = new StringBuilder();
        for (Object each : list) {
            Node member = expressions.read((Expression) each);
            source.append(members.isEmpty() ? "" : ", ").append(member.source());
            members.add(member.operand());
        }
        return source.toString();
    }

    private Term member(Operand subject, List<Operand> members) throws NotTranslatable {
        Term value;
        if (subject instanceof Term term) {
            value = term;
        } else {
            value = firstTerm(members);
        }
        boolean many = members.size() > 1;
        int implied;
        if (many) {
            implied = commonType(value, members);
        } else {
            implied = Comparands.implied(value);
        }
        List<Sql> equal = new ArrayList<>();
        List<Sql> others = new ArrayList<>();
        List<Term> from = new ArrayList<>();
        for (Operand member : members) {
            Comparability.Pair pair = pair(subject, member, value, implied, many);
            boolean plain = pair.left().sql().equals(value.sql());
            (plain ? equal : others)
                    .add(plain ? pair.right().sql() : Sql.of("(", pair.left(), " = ", pair.right(), ")"));
            from.add(pair.left().total());
            from.add(pair.right().total());
        }
        if (!equal.isEmpty()) {
            others.add(0, Sql.of("(", value, " IN (", Sql.join(", ", equal), "))"));
        }
        Sql sql;
        if (others.size() == 1) {
            sql = others.get(0);
        } else {
            sql = Sql.of("(", Sql.join(" OR ", others), ")");
        }
        return Term.condition(sql, from.toArray(Term[]::new));
    }

    private Comparability.Pair pair(Operand subject, Operand member, Term value, int implied, boolean many)
            throws NotTranslatable {
        if (subject instanceof Term && member instanceof Value each) {
            out.names.add("=");
            Comparability.requireEquality(value);
            out.beyond |= value.column() == null || each.isNull();
            return new Comparability.Pair(value, constants.comparand(each, value, implied, many));
        }
        out.beyond = true;
        return comparisons.operands("=", subject, member);
    }

    /** A value looked for in a list of columns: the server compares it with each by itself. */
    private static Term firstTerm(List<Operand> members) throws NotTranslatable {
        for (Operand member : members) {
            if (!(member instanceof Term term) || term.isConstant()) {
                throw new NotTranslatable("a list in which values meet a value");
            }
        }
        return (Term) members.get(0);
    }

    /**
     * The type that an undeclared parameter takes among several elements of IN: that of the array, which
     * the value and all typed elements choose together (manual, "UNION, CASE, and Related Constructs").
     */
    private int commonType(Term value, List<Operand> members) throws NotTranslatable {
        int type = value.type();
        if (type == Oid.BPCHAR) {
            requireNoOtherText(members);
        }
        for (Operand member : members) {
            if (member instanceof Term term && term.isConstant() && term.type() != type) {
                throw new NotTranslatable("a list of constants of several types");
            }
            // They choose their type together; char(n) beside one value would be text, real beside a number double.
            boolean chooses = value.family() == Family.PADDED || type == Oid.FLOAT4;
            boolean parameter = member instanceof Value each && each.kind() == Kind.PARAMETER;
            if (chooses && parameter && member.type() != 0 && member.type() != type) {
                throw new NotTranslatable("IN with a parameter of another type");
            }
            if (member instanceof Value each && Types.isInteger(type)) {
                type = Types.wider(type, each.type());
            }
        }
        return type;
    }

    /** A parameter of type text makes char(n) of itself here, though beside one value it would make text of that. */
    private static void requireNoOtherText(List<Operand> members) throws NotTranslatable {
        for (Operand member : members) {
            boolean parameter = member instanceof Value value && value.kind() == Kind.PARAMETER;
            if (parameter && member.type() != 0 && member.type() != Oid.BPCHAR) {
                throw new NotTranslatable("IN over char(n) with a parameter of another type");
            }
        }
    }

    static boolean isQuantifier(Function function) {
        String name = function.getName();
        return name.equalsIgnoreCase("any") || name.equalsIgnoreCase("some") || name.equalsIgnoreCase("all");
    }

    /** Reads {@code = ANY (array)} or {@code <> ALL (array)}. */
    Node quantified(Node left, String operator, Function function) throws NotTranslatable {
        boolean all = function.getName().equalsIgnoreCase("all");
        boolean negated = operator.equals("<>") || operator.equals("!=");
        if (function.getParameters() == null
                || function.getParameters().size() != 1
                || all != negated
                || !(negated || operator.equals("="))
                || !(left.operand() instanceof Term value)) {
            throw new NotTranslatable("a comparison with ANY or ALL of another kind");
        }
        out.beyond = true;
        out.names.add(negated ? "<>" : "=");
        value.total();
        Comparability.requireEquality(value);
        StringBuilder source = new StringBuilder();
        Term found = array(value, Arguments.of(function.getParameters()).get(0), 0, source);
        return Node.of(
                left.at(Precedence.PREDICATE) + " " + operator + " " + function.getName() + "(" + source + ")",
                Precedence.COMPARISON,
                negated ? Comparisons.not(found) : found);
    }

    private Term array(Term value, Expression array, int element, StringBuilder source) throws NotTranslatable {
        if (array instanceof CastExpression cast && element == 0) {
            TypeName name = TypeName.of(cast, out);
            if (!name.array() || cast.keyword != null) {
                throw new NotTranslatable("an array of another kind");
            }
            Term found = array(value, cast.getLeftExpression(), name.oid(), source);
            source.append("::").append(name.source());
            return found;
        }
        if (array instanceof ArrayConstructor of
                && of.isArrayKeyword()
                && !of.getExpressions().isEmpty()) {
            List<Operand> members = new ArrayList<>();
            source.append("ARRAY[")
                    .append(members(of.getExpressions(), members))
                    .append(']');
            requireSame(value, members, element);
            return member(value, members);
        }
        if (!(array instanceof JdbcParameter parameter)) {
            throw new NotTranslatable("an array of another kind");
        }
        source.append(Constants.source(parameter));
        return bound(value, constants.read(parameter), element);
    }

    /** Whatever the elements are, the array has one type; here it is the value's, or all are numbers. */
    private static void requireSame(Term value, List<Operand> members, int element) throws NotTranslatable {
        for (Operand member : members) {
            boolean number = member instanceof Value each && each.isNumber() && Types.isInteger(each.type());
            boolean string = member instanceof Value each && each.type() == 0;
            boolean fits;
            if (Types.isInteger(value.type())) {
                fits = number || (element == value.type() && string);
            } else {
                fits = string && (element == value.type() || (element == 0 && value.family() == Family.TEXT));
            }
            if (!fits || (element != 0 && number && element != Oid.INT4 && element != Oid.INT8)) {
                throw new NotTranslatable("an array of another type");
            }
        }
    }

    /** An array that is one value becomes a list of its elements, of any length. */
    private Term bound(Term value, Value array, int element) throws NotTranslatable {
        boolean parameter = array.kind() == Kind.PARAMETER;
        int implied;
        if (element == 0) {
            implied = Comparands.implied(value);
        } else {
            implied = element;
        }
        int type;
        if (parameter) {
            type = Types.element(out.parameters.at(array.slot(), Types.array(implied)));
        } else {
            type = implied;
        }
        boolean same = type == value.type()
                || (Types.isInteger(type) && Types.isInteger(value.type()))
                || (Family.of(type) == Family.TEXT && value.family() == Family.TEXT);
        if (!same || Types.array(type) == 0 || (!parameter && array.kind() != Kind.STRING)) {
            throw new NotTranslatable("an array of another type");
        }
        out.zoned |= type == Oid.TIMESTAMPTZ;
        var codec = Types.codec(type, -1);
        Binding binding = new Binding(
                parameter ? Source.PARAMETER : Source.LITERAL, array.slot(), Conversion.LIST, codec, -1, 0, false);
        String read;
        if (codec.storage() == StorageClass.BLOB) {
            read = "unhex(value)";
        } else {
            read = "value";
        }
        Sql sql = Sql.of("(", value, " IN (SELECT " + read + " FROM json_each(", Sql.bind(binding), ")))");
        return Term.condition(sql, value).nullable(true).foldable();
    }
}
