package dev.sqlmem.translate.function;

import dev.sqlmem.plan.Binding.Conversion;
import dev.sqlmem.plan.Range;
import dev.sqlmem.translate.type.Comparability;
import dev.sqlmem.translate.type.Constants;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Operand;
import dev.sqlmem.translate.type.Quotient;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Translation;
import dev.sqlmem.translate.type.Types;
import dev.sqlmem.translate.type.Value;
import dev.sqlmem.wire.type.Oid;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * {@code + - * / % & | # << >>} over integers and scaled numerics (manual, "Mathematical Functions and
 * Operators"). Where the server would raise an error, or SQLite would run out of 64 bits, the result has
 * a range that is checked, unless the operands' bounds prove that it cannot happen.
 */
public final class Arithmetic {
    private final Translation out;
    private final Constants constants;
    private final Dates dates;

    public Arithmetic(Translation out, Constants constants) {
        this.out = out;
        this.constants = constants;
        this.dates = new Dates(out, constants);
    }

    /** Applies a binary operator. */
    public Operand apply(String operator, Operand left, Operand right) throws NotTranslatable {
        int lt = left.type();
        int rt = right.type();
        if (Dates.isTemporal(lt) || Dates.isTemporal(rt)) {
            return dates.apply(operator, left, right);
        }
        Term l = constants.term(left, rt);
        Term r = constants.term(right, lt);
        if (l.isConstant() && r.isConstant()) {
            l = bounded(left, l);
            r = bounded(right, r);
        }
        if (Types.isInteger(l.type()) && Types.isInteger(r.type())) {
            return integers(operator, l, r, right);
        }
        if (!l.isNumber() || !r.isNumber()) {
            throw new NotTranslatable("operator " + operator + " over types " + l.type() + " and " + r.type());
        }
        return numerics(operator, l, r, right);
    }

    /** Constants alone are computed beforehand, so that what they may be has to be known exactly. */
    private Term bounded(Operand operand, Term term) throws NotTranslatable {
        boolean number = operand instanceof Value value && value.isNumber() && Types.isInteger(term.type());
        if (number) {
            return term.bound(constants.decimal((Value) operand).unscaledValue().abs());
        }
        return term;
    }

    private Term integers(String operator, Term l, Term r, Operand right) throws NotTranslatable {
        int type = Types.wider(l.type(), r.type());
        Sql plain = Sql.of("(", l, " " + operator + " ", r, ")");
        return switch (operator) {
            case "+", "-" -> ranged(Term.of(type, plain, l, r).bound(l.bound().add(r.bound())));
            case "*" -> ranged(Term.of(type, plain, l, r).bound(l.bound().multiply(r.bound())));
            case "/", "%" -> divided(operator, type, l, r, right);
            case "&", "|" -> Term.of(type, plain, l, r);
            case "#" -> Term.of(type, Sql.of("((", l, " | ", r, ") - (", l, " & ", r, "))"), l, r);
            default -> shifted(operator, l, right);
        };
    }

    /** An integer result that must fit its type. */
    Term ranged(Term term) throws NotTranslatable {
        Range range = Range.of(term.type());
        if (range.holds(term.bound())) {
            return term;
        }
        return raisingBeyond(term, range);
    }

    /** A result out of whose range the server raises an error. */
    Term raisingBeyond(Term term, Range range) throws NotTranslatable {
        if (term.isConstant()) {
            throw new NotTranslatable("a computation with constants that may raise an error");
        }
        return term.raising()
                .within(range)
                .bound(BigInteger.valueOf(range.high()).add(BigInteger.ONE));
    }

    private Term divided(String operator, int type, Term l, Term r, Operand right) throws NotTranslatable {
        BigInteger bound;
        if (operator.equals("/")) {
            bound = l.bound();
        } else {
            bound = l.bound().min(r.bound());
        }
        if (right instanceof Value value) {
            Term divisor = constants.checked(value, r.type(), Conversion.DIVISOR);
            // A divisor of -1 is refused, too, so no quotient leaves the range of its dividend.
            return Term.of(type, Sql.of("(", l, " " + operator + " ", divisor, ")"), l, divisor)
                    .bound(bound.min(Types.bound(type, -1)));
        }
        Term quotient = unlessZero(type, operator, l, r).bound(bound);
        if (operator.equals("/")) {
            return ranged(quotient);
        }
        return quotient;
    }

    private Term unlessZero(int type, String operator, Term l, Term r) throws NotTranslatable {
        if (l.isConstant() && r.isConstant()) {
            throw new NotTranslatable("a division by a constant expression");
        }
        Sql sql = Sql.of("(CASE WHEN ", r, " = 0 THEN ", Sql.FAILURE, " ELSE ", l, " " + operator + " ", r, " END)");
        return Term.of(type, sql, l, r).raising();
    }

    private Term shifted(String operator, Term l, Operand right) throws NotTranslatable {
        if (!(right instanceof Value value)) {
            throw new NotTranslatable("a shift by an expression");
        }
        int count = constants.integer(value);
        int bits;
        if (l.type() == Oid.INT8) {
            bits = 64;
        } else {
            bits = 32;
        }
        boolean left = operator.equals("<<");
        if (count < 0 || count >= bits || (left && bits == 64)) {
            throw new NotTranslatable("a shift of another kind");
        }
        Term shifted = Term.of(l.type(), Sql.of("(", l, " " + operator + " " + count + ")"), l);
        if (!left) {
            return shifted;
        }
        BigInteger bound = l.bound().shiftLeft(count);
        if (!Range.INT8.holds(bound)) {
            throw new NotTranslatable("a shift that loses bits");
        }
        // The server cuts off what does not fit; what fits is the same.
        return shifted.within(Range.of(l.type()));
    }

    private Operand numerics(String operator, Term l, Term r, Operand right) throws NotTranslatable {
        int scale = Math.max(l.scale(), r.scale());
        return switch (operator) {
            case "+", "-" -> {
                Term a = Comparability.rescaled(l, scale);
                Term b = Comparability.rescaled(r, scale);
                Sql sql = Sql.of("(", a, " " + operator + " ", b, ")");
                yield fitting(numeric(sql, scale, a, b)
                        .bound(a.bound().add(b.bound()))
                        .ownScale(own("max", l, r)));
            }
            case "*" -> {
                Sql sql = Sql.of("(", l, " * ", r, ")");
                Term product = numeric(sql, l.scale() + r.scale(), l, r);
                yield fitting(product.bound(l.bound().multiply(r.bound())).ownScale(own("+", l, r)));
            }
            case "/" -> quotient(l, r, right);
            case "%" -> remainder(l, r, right, scale);
            default -> throw new NotTranslatable("operator " + operator + " over numeric");
        };
    }

    /** The display scale of a result where that of an operand varies. */
    private static @Nullable Sql own(String how, Term l, Term r) {
        if (l.ownScale() == null && r.ownScale() == null) {
            return null;
        }
        Sql a = scaleOf(l);
        Sql b = scaleOf(r);
        if (how.equals("max")) {
            return Sql.of("max(", a, ", ", b, ")");
        }
        return Sql.of("(", a, " + ", b, ")");
    }

    public static Sql scaleOf(Term term) {
        Sql own = term.ownScale();
        if (own == null) {
            return Sql.text(String.valueOf(term.scale()));
        }
        return own;
    }

    public static Term numeric(Sql sql, int scale, Term... from) throws NotTranslatable {
        return Term.of(Oid.NUMERIC, sql, from).stored(Types.scaled(scale));
    }

    /** A numeric, which the server computes without limits, and SQLite in 64 bits. */
    static Term fitting(Term term) {
        if (Range.INT8.holds(term.bound())) {
            return term;
        }
        return term.within(Range.INT8).bound(Types.WIDE);
    }

    private Quotient quotient(Term l, Term r, Operand right) throws NotTranslatable {
        if (l.ownScale() != null || r.ownScale() != null) {
            throw new NotTranslatable("a division of numbers of varying scale");
        }
        Term divisor;
        if (right instanceof Value value) {
            divisor = constant(value, r);
        } else {
            divisor = r;
        }
        return new Quotient(l, divisor, false, -1);
    }

    /** A divisor that is known: zero makes the server raise an error even over no rows. */
    private Term constant(Value value, Term r) throws NotTranslatable {
        if (Types.isInteger(r.type())) {
            return constants.checked(value, r.type(), Conversion.DIVISOR);
        }
        if (constants.decimal(value).signum() == 0) {
            throw new NotTranslatable("a division by zero");
        }
        return r;
    }

    private Term remainder(Term l, Term r, Operand right, int scale) throws NotTranslatable {
        if (l.ownScale() != null || r.ownScale() != null) {
            throw new NotTranslatable("a remainder of numbers of varying scale");
        }
        Term a = Comparability.rescaled(l, scale);
        Term b = Comparability.rescaled(right instanceof Value value ? constant(value, r) : r, scale);
        Term remainder;
        if (right instanceof Value) {
            remainder = Term.of(Oid.NUMERIC, Sql.of("(", a, " % ", b, ")"), a, b);
        } else {
            remainder = unlessZero(Oid.NUMERIC, "%", a, b);
        }
        return remainder.stored(Types.scaled(scale)).bound(a.bound());
    }

    /** Applies a minus sign. */
    public Operand negative(Operand operand) throws NotTranslatable {
        out.names.add("-");
        if (!(operand instanceof Term term) || !term.isNumber()) {
            throw new NotTranslatable("a minus sign before something else than a number");
        }
        Term negative = Term.of(term.type(), Sql.of("(- ", term, ")"), term)
                .stored(term.stored())
                .bound(term.bound())
                .ownScale(term.ownScale());
        if (term.type() == Oid.NUMERIC) {
            return fitting(negative);
        }
        return ranged(negative);
    }

    /** Applies {@code ~}. */
    public Operand complement(Operand operand) throws NotTranslatable {
        out.names.add("~");
        if (!(operand instanceof Term term) || !Types.isInteger(term.type())) {
            throw new NotTranslatable("operator ~ over something else than an integer");
        }
        return Term.of(term.type(), Sql.of("(~ ", term, ")"), term);
    }
}
