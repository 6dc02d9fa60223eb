package dev.sqlmem.translate.function;

import static dev.sqlmem.translate.function.FunctionRow.row;

import dev.sqlmem.translate.type.Comparability;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Operand;
import dev.sqlmem.translate.type.Quotient;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Types;
import dev.sqlmem.translate.type.Value;
import dev.sqlmem.wire.type.Oid;
import java.math.BigInteger;

/** Mathematical functions over integers and scaled numerics (manual, "Mathematical Functions"). */
final class NumberFunctions {
    static final FunctionTable TABLE = new FunctionTable(
            "",
            row("abs (number) number", NumberFunctions::absolute),
            row(
                    "mod (number, number) number",
                    call -> new Arithmetic(call.out(), call.constants()).apply("%", call.operand(0), call.operand(1))),
            row("round (number) numeric", call -> rounded(call, 0)),
            row("round (number, literal) numeric", call -> rounded(call, digits(call))),
            row("trunc (number) numeric", call -> truncated(numeric(call), 0)),
            row("trunc (number, literal) numeric", call -> {
                int digits = digits(call);
                return truncated(numeric(call), digits);
            }),
            row("floor (numeric) numeric", call -> whole(call, "($1 / $2 - ($1 % $2 < 0))")),
            row("ceil, ceiling (numeric) numeric", call -> whole(call, "($1 / $2 + ($1 % $2 > 0))")));

    private NumberFunctions() {}

    private static Term absolute(Call call) throws NotTranslatable {
        Term number = call.term(0);
        // SQLite itself fails for the least of all integers.
        Term absolute = Term.of(number.type(), Sql.of("abs(", number, ")").failing(), number)
                .stored(number.stored())
                .bound(number.bound())
                .ownScale(number.ownScale());
        if (number.type() == Oid.NUMERIC) {
            return absolute;
        }
        return new Arithmetic(call.out(), call.constants()).ranged(absolute);
    }

    private static int digits(Call call) throws NotTranslatable {
        if (!(call.operand(1) instanceof Value value)) {
            throw new NotTranslatable("function " + call.name() + " with such arguments");
        }
        int digits = call.constants().integer(value);
        if (Math.abs(digits) > Types.MOST_SCALE) {
            throw new NotTranslatable("function " + call.name() + " with so many digits");
        }
        return digits;
    }

    private static Operand rounded(Call call, int digits) throws NotTranslatable {
        if (digits >= 0 && call.operand(0) instanceof Quotient quotient && quotient.digits() < 0) {
            return quotient.rounded(digits);
        }
        return Casts.rounded(numeric(call), digits);
    }

    /** The first argument; an integer is cast where there is a second one. */
    private static Term numeric(Call call) throws NotTranslatable {
        Term number = call.constants().term(call.operand(0));
        if (call.operands().size() == 2 && Types.isInteger(number.type())) {
            return Casts.numeric(number);
        }
        Argument.requireNumeric(call.name(), number);
        return number;
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

    /** To a whole number, by a text in which {@code $2} is one in the number's scale. */
    private static Term whole(Call call, String sqlite) throws NotTranslatable {
        Term number = call.term(0);
        if (number.scale() == 0) {
            return Arithmetic.numeric(number.sql(), 0, number).bound(number.bound());
        }
        BigInteger unit = BigInteger.TEN.pow(number.scale());
        Sql sql = Template.of(sqlite.replace("$2", unit.toString())).with(number);
        return Arithmetic.numeric(sql, 0, number)
                .bound(number.bound().divide(unit).add(BigInteger.ONE));
    }
}
