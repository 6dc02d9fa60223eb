package dev.sqlmem.translate.function;

import dev.sqlmem.plan.Range;
import dev.sqlmem.storage.NumericCodec;
import dev.sqlmem.translate.type.Comparability;
import dev.sqlmem.translate.type.Constants;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Operand;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Translation;
import dev.sqlmem.translate.type.TypeName;
import dev.sqlmem.translate.type.Types;
import dev.sqlmem.translate.type.Value;
import dev.sqlmem.wire.type.Oid;
import java.math.BigInteger;

/** Casts whose results no setting changes (manual, "Type Casts"). */
public final class Casts {
    private final Constants constants;
    private final Arithmetic arithmetic;
    private final Dates dates;

    public Casts(Translation out, Constants constants) {
        this.constants = constants;
        this.arithmetic = new Arithmetic(out, constants);
        this.dates = new Dates(out, constants);
    }

    /** Casts an operand to the type. */
    public Operand cast(Operand operand, TypeName to) throws NotTranslatable {
        if (to.oid() == Oid.INTERVAL) {
            return dates.span(operand);
        }
        if (operand instanceof Value value && (value.type() == 0 || value.kind() == Value.Kind.PARAMETER)) {
            return value(value, to);
        }
        Term from = constants.term(operand);
        if (from.type() == to.oid() && to.typmod() < 0) {
            return from.as(to.oid(), -1);
        }
        return converted(from, to);
    }

    /** A literal or parameter becomes one of the type. */
    private Term value(Value value, TypeName to) throws NotTranslatable {
        if (to.oid() == Oid.BPCHAR || (to.oid() == Oid.VARCHAR && to.typmod() >= 0)) {
            throw new NotTranslatable("a value as one of char(n) or varchar(n)");
        }
        Term term = constants.typed(value, to.oid(), -1);
        if (to.oid() != Oid.NUMERIC || to.typmod() < 0) {
            return term.typmod(to.typmod());
        }
        if (value.isNull()) {
            return Constants.nothing(Oid.NUMERIC, to.typmod()).typmod(to.typmod());
        }
        return modified(term, to.typmod());
    }

    private Term converted(Term from, TypeName to) throws NotTranslatable {
        if (from.type() == Oid.NUMERIC && !from.isNumber()) {
            throw new NotTranslatable("a cast of a numeric without scale");
        }
        if (from.ownScale() != null && to.oid() == Oid.NUMERIC && to.typmod() < 0) {
            return from.as(Oid.NUMERIC, -1);
        }
        return switch (to.oid()) {
            case Oid.INT2, Oid.INT4, Oid.INT8 -> integer(from, to.oid());
            case Oid.NUMERIC -> {
                Term number;
                if (from.type() == Oid.NUMERIC) {
                    number = from;
                } else {
                    number = numeric(requireInteger(from));
                }
                yield to.typmod() < 0 ? number : modified(number, to.typmod());
            }
            case Oid.TEXT, Oid.VARCHAR -> text(from, to);
            case Oid.BPCHAR -> padded(from, to);
            case Oid.BOOL -> {
                if (from.type() != Oid.INT4) {
                    throw unknown(from, to);
                }
                yield Term.condition(Sql.of("(", from, " <> 0)"), from);
            }
            case Oid.DATE -> {
                if (from.type() != Oid.TIMESTAMP) {
                    throw unknown(from, to);
                }
                yield Dates.date(from);
            }
            case Oid.TIMESTAMP -> {
                if (from.type() != Oid.DATE || from.isConstant()) {
                    throw unknown(from, to);
                }
                yield dates.timestamp(from);
            }
            default -> throw unknown(from, to);
        };
    }

    private static NotTranslatable unknown(Term from, TypeName to) {
        return new NotTranslatable("a cast of type " + from.type() + " to " + to.oid());
    }

    private static Term requireInteger(Term from) throws NotTranslatable {
        if (!Types.isInteger(from.type())) {
            throw new NotTranslatable("a cast of type " + from.type() + " to numeric");
        }
        return from;
    }

    /** An integer as a numeric without fraction. */
    public static Term numeric(Term integer) throws NotTranslatable {
        return Arithmetic.numeric(integer.sql(), 0, integer).bound(integer.bound());
    }

    private Term integer(Term from, int type) throws NotTranslatable {
        if (from.type() == Oid.BOOL && type == Oid.INT4) {
            return Term.of(type, from.sql(), from).bound(BigInteger.ONE);
        }
        if (!from.isNumber()) {
            throw new NotTranslatable("a cast of type " + from.type() + " to an integer");
        }
        Term whole;
        if (from.type() == Oid.NUMERIC) {
            whole = rounded(from, 0);
        } else {
            whole = from;
        }
        Term narrowed = Term.of(type, whole.sql(), whole).bound(whole.bound());
        return arithmetic.ranged(narrowed);
    }

    /** Rounds half away from zero, to as many or fewer fraction digits; fewer than none are tens, hundreds ... */
    static Term rounded(Term from, int digits) throws NotTranslatable {
        int fewer = from.scale() - digits;
        if (fewer <= 0) {
            return Comparability.rescaled(from, digits).ownScale(null);
        }
        if (fewer > Types.MOST_SCALE) {
            throw new NotTranslatable("rounding to so few digits");
        }
        BigInteger unit = BigInteger.TEN.pow(fewer);
        BigInteger half = unit.divide(BigInteger.TWO);
        // The remainder, unlike the sum with one half, cannot leave 64 bits.
        Sql sql = Sql.of(
                "(",
                from,
                " / " + unit + " + CASE WHEN ",
                from,
                " % " + unit + " >= " + half + " THEN 1 WHEN ",
                from,
                " % " + unit + " <= -" + half + " THEN -1 ELSE 0 END)");
        BigInteger bound = from.bound().divide(unit).add(BigInteger.ONE);
        if (digits >= 0) {
            return Arithmetic.numeric(sql, digits, from).bound(bound);
        }
        BigInteger tens = BigInteger.TEN.pow(-digits);
        Term inTens = Arithmetic.numeric(Sql.of("(", sql, " * " + tens + ")"), 0, from);
        return Arithmetic.fitting(inTens.bound(bound.multiply(tens)));
    }

    private Term modified(Term number, int typmod) throws NotTranslatable {
        Term rounded = rounded(number, NumericCodec.scale(typmod)).stored(typmod);
        BigInteger most = BigInteger.TEN.pow(NumericCodec.precision(typmod)).subtract(BigInteger.ONE);
        if (rounded.bound().compareTo(most) <= 0 || isOf(number, typmod)) {
            return rounded.typmod(typmod);
        }
        return arithmetic
                .raisingBeyond(rounded, new Range(-most.longValueExact(), most.longValueExact()))
                .typmod(typmod);
    }

    private static boolean isOf(Term number, int typmod) {
        return number.typmod() == typmod;
    }

    private static Term text(Term from, TypeName to) throws NotTranslatable {
        Sql sql;
        if (from.isText()) {
            sql = from.sql();
        } else if (Types.isInteger(from.type())) {
            sql = Sql.of("CAST(", from, " AS TEXT)");
        } else if (from.type() == Oid.BOOL) {
            sql = Sql.of("(CASE ", from, " WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)");
        } else {
            throw new NotTranslatable("a cast of type " + from.type() + " to text");
        }
        Term text = Term.of(
                to.oid(), to.typmod() < 0 ? sql : Sql.of("substr(", sql, ", 1, " + (to.typmod() - 4) + ")"), from);
        return text.typmod(to.typmod()).order(from.isText() ? from.order() : null);
    }

    private static Term padded(Term from, TypeName to) throws NotTranslatable {
        if (!from.isText() || to.typmod() < 0) {
            throw new NotTranslatable("a cast of type " + from.type() + " to char(n)");
        }
        Sql sql = Sql.of("rtrim(substr(", from, ", 1, " + (to.typmod() - 4) + "), ' ')");
        return Term.of(Oid.BPCHAR, sql, from).stored(to.typmod()).typmod(to.typmod());
    }
}
