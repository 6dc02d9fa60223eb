package dev.sqlmem.translate;

import dev.sqlmem.wire.type.Oid;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Mathematical functions over integers and scaled numerics (manual, "Mathematical Functions"). */
final class Numbers {
    private final Constants constants;
    private final Arithmetic arithmetic;

    Numbers(Translation out, Constants constants) {
        this.constants = constants;
        this.arithmetic = new Arithmetic(out, constants);
    }

    /** Returns the function's result, or null where it is none of these. */
    @Nullable
    Operand call(String name, List<Operand> arguments) throws NotTranslatable {
        int count = arguments.size();
        return switch (name) {
            case "abs" -> count == 1 ? absolute(constants.term(arguments.get(0))) : null;
            case "mod" -> count == 2 ? arithmetic.apply("%", arguments.get(0), arguments.get(1)) : null;
            case "round", "trunc" -> count == 1 || count == 2 ? round(name, arguments) : null;
            case "floor", "ceil", "ceiling" -> count == 1 ? whole(name, constants.term(arguments.get(0))) : null;
            default -> null;
        };
    }

    private Term absolute(Term term) throws NotTranslatable {
        if (!term.isNumber()) {
            throw new NotTranslatable("abs over a value of type " + term.type());
        }
        // SQLite itself fails for the least of all integers.
        Term absolute = Term.of(term.type(), Sql.of("abs(", term, ")").failing(), term)
                .stored(term.stored())
                .bound(term.bound())
                .ownScale(term.ownScale());
        if (term.type() == Oid.NUMERIC) {
            return absolute;
        }
        return arithmetic.ranged(absolute);
    }

    private Operand round(String name, List<Operand> arguments) throws NotTranslatable {
        int digits = 0;
        if (arguments.size() == 2) {
            if (!(arguments.get(1) instanceof Value value)) {
                throw new NotTranslatable("function " + name + " with such arguments");
            }
            digits = constants.integer(value);
        }
        if (digits > Types.MOST_SCALE || digits < -Types.MOST_SCALE) {
            throw new NotTranslatable("function " + name + " with so many digits");
        }
        boolean round = name.equals("round");
        if (round && digits >= 0 && arguments.get(0) instanceof Quotient quotient && quotient.digits() < 0) {
            return quotient.rounded(digits);
        }
        Term number = constants.term(arguments.get(0));
        if (number.type() != Oid.NUMERIC && arguments.size() == 2 && Types.isInteger(number.type())) {
            number = Casts.numeric(number);
        }
        requireNumeric(name, number);
        if (round) {
            return Casts.rounded(number, digits);
        }
        return truncated(number, digits);
    }

    private static Term truncated(Term number, int digits) throws NotTranslatable {
        int fewer = number.scale() - digits;
        if (fewer <= 0) {
            return Comparability.rescaled(number, digits).ownScale(null);
        }
        if (digits < 0 || fewer > Types.MOST_SCALE) {
            throw new NotTranslatable("trunc to tens");
        }
        BigInteger unit = BigInteger.TEN.pow(fewer);
        return Arithmetic.numeric(Sql.of("(", number, " / " + unit + ")"), digits, number)
                .bound(number.bound().divide(unit));
    }

    private static Term whole(String name, Term number) throws NotTranslatable {
        requireNumeric(name, number);
        if (number.scale() == 0) {
            return Arithmetic.numeric(number.sql(), 0, number).bound(number.bound());
        }
        BigInteger unit = BigInteger.TEN.pow(number.scale());
        String correction;
        if (name.equals("floor")) {
            correction = " - (";
        } else {
            correction = " + (";
        }
        String fraction;
        if (name.equals("floor")) {
            fraction = " < 0))";
        } else {
            fraction = " > 0))";
        }
        Sql sql = Sql.of("(", number, " / " + unit + correction, number, " % " + unit + fraction);
        return Arithmetic.numeric(sql, 0, number)
                .bound(number.bound().divide(unit).add(BigInteger.ONE));
    }

    private static void requireNumeric(String name, Term number) throws NotTranslatable {
        if (number.family() != Family.NUMERIC) {
            throw new NotTranslatable(name + " over a value of type " + number.type());
        }
    }
}
