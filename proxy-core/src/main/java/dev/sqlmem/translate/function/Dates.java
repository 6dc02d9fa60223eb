package dev.sqlmem.translate.function;

import dev.sqlmem.plan.Binding;
import dev.sqlmem.plan.Binding.Conversion;
import dev.sqlmem.translate.type.Constants;
import dev.sqlmem.translate.type.IntervalConstant;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Operand;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Translation;
import dev.sqlmem.translate.type.Types;
import dev.sqlmem.translate.type.Value;
import dev.sqlmem.wire.type.Oid;

/**
 * Dates and timestamps: stored as days and microseconds since 2000-01-01, so that arithmetic is that of
 * integers, infinities aside (manual, "Date/Time Functions and Operators").
 *
 * <p>Calendar fields come from SQLite's own functions, given a day number and never a text, and only for
 * the years 1 to 9999, for which they were compared day by day.
 */
public final class Dates {
    static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final String INFINITE_DATES = " IN (2147483647, -2147483648)";
    private static final String INFINITE_TIMES = " IN (9223372036854775807, -9223372036854775807 - 1)";
    private static final String DATES = " BETWEEN -2451545 AND 2145031948";
    private static final String TIMES = " BETWEEN -211813488000000000 AND 9223371331199999999";

    /** 0001-01-01 to 9999-12-31. */
    static final String COMMON_DAYS = " BETWEEN -730119 AND 2921939";

    private final Translation out;
    private final Constants constants;

    public Dates(Translation out, Constants constants) {
        this.out = out;
        this.constants = constants;
    }

    static boolean isTemporal(int oid) {
        return oid == Oid.DATE
                || TimesOfDay.isOne(oid)
                || oid == Oid.TIMESTAMP
                || oid == Oid.TIMESTAMPTZ
                || oid == Oid.INTERVAL;
    }

    public Operand apply(String operator, Operand left, Operand right) throws NotTranslatable {
        boolean plus = operator.equals("+");
        if (!plus && !operator.equals("-")) {
            throw new NotTranslatable("operator " + operator + " over dates");
        }
        if (plus && right.type() != Oid.INTERVAL && (left.type() == Oid.INTERVAL || Types.isInteger(left.type()))) {
            return apply(operator, right, left);
        }
        if (right instanceof IntervalConstant span && left instanceof Term time) {
            return after(time, plus ? 1 : -1, span);
        }
        if (left.type() == Oid.DATE && (right.type() == Oid.INT4 || right.type() == Oid.INT2)) {
            return moved(constants.term(left), operator, constants.term(right));
        }
        boolean dates =
                (left.type() == Oid.DATE || left.type() == 0) && (right.type() == Oid.DATE || right.type() == 0);
        if (!plus && dates) {
            return distance(constants.term(left, Oid.DATE), constants.term(right, Oid.DATE));
        }
        throw new NotTranslatable("operator " + operator + " over types " + left.type() + " and " + right.type());
    }

    private Term moved(Term date, String operator, Term days) throws NotTranslatable {
        Sql sum = Sql.of("(", date, " " + operator + " ", days, ")");
        Sql sql = Sql.of(
                "(CASE WHEN ",
                days,
                " IS NULL THEN NULL WHEN ",
                date,
                INFINITE_DATES + " THEN ",
                date,
                " WHEN ",
                sum,
                " NOT" + DATES + " THEN ",
                Sql.FAILURE,
                " ELSE ",
                sum,
                " END)");
        return raising(Term.of(Oid.DATE, sql, date, days));
    }

    private Term distance(Term left, Term right) throws NotTranslatable {
        Sql sql = Sql.of(
                "(CASE WHEN ",
                left,
                INFINITE_DATES + " OR ",
                right,
                INFINITE_DATES + " THEN ",
                Sql.FAILURE,
                " ELSE ",
                left,
                " - ",
                right,
                " END)");
        return raising(Term.of(Oid.INT4, sql, left, right));
    }

    /** What is stored of each type is an encoding of its own, so that no type but these is moved. */
    private Term after(Term time, int sign, IntervalConstant span) throws NotTranslatable {
        return switch (time.type()) {
            case Oid.TIME, Oid.TIMETZ -> TimesOfDay.shifted(time, sign, span);
            case Oid.DATE, Oid.TIMESTAMP -> shifted(time, sign, span);
            case Oid.TIMESTAMPTZ -> {
                if (span.days() != 0 || span.months() != 0) {
                    throw new NotTranslatable("days of a time zone");
                }
                yield shifted(time, sign, span);
            }
            default -> throw new NotTranslatable("an interval added to a value of type " + time.type());
        };
    }

    private Term shifted(Term time, int sign, IntervalConstant span) throws NotTranslatable {
        boolean constant = time.isConstant();
        Term given;
        if (constant) {
            given = common(time);
        } else {
            given = time;
        }
        Term from;
        if (given.type() == Oid.DATE) {
            from = timestamp(given);
        } else {
            from = given;
        }
        Sql moved;
        if (span.months() == 0) {
            moved = from.sql();
        } else {
            moved = months(from, sign * span.months());
        }
        Sql sum = Sql.of("(", moved, " + (" + sign * span.time() + "))");
        Sql sql = Sql.of(
                "(CASE WHEN ",
                from,
                INFINITE_TIMES + " THEN ",
                from,
                " WHEN ",
                sum,
                " NOT" + TIMES + " THEN ",
                Sql.FAILURE,
                " ELSE ",
                sum,
                " END)");
        Term result = Term.of(from.type(), sql, from);
        if (constant) {
            return result;
        }
        return raising(result);
    }

    /**
     * A constant that is certain to be in the years 1 to 9999, so that no interval as it is read here can lead out of
     * the server's calendar; others are for the server.
     */
    private Term common(Term time) throws NotTranslatable {
        Binding binding = time.raw().onlyBinding();
        if (binding == null || binding.conversion() != Conversion.CODEC) {
            throw new NotTranslatable("a computation with constants that may raise an error");
        }
        Conversion check;
        if (time.type() == Oid.DATE) {
            check = Conversion.COMMON_DATE;
        } else {
            check = Conversion.COMMON_TIME;
        }
        return time.binding(binding.with(check));
    }

    /** Moves a timestamp by months; the day is that of the month's end where the month is shorter. */
    private static Sql months(Term from, long months) {
        Sql floored = Template.of(floored("$1", MICROS_PER_DAY)).with(from);
        Sql day = Sql.of("(", floored, " / " + MICROS_PER_DAY + ")");
        String modifier = (months < 0 ? "" : "+") + months + " months";
        Sql moved =
                Sql.of("CAST(julianday(", day, " + 2451544.5, '" + modifier + "', 'floor') - 2451544.5 AS INTEGER)");
        Sql checked = Sql.of(
                "(CASE WHEN ",
                day,
                " NOT" + COMMON_DAYS + " OR ",
                moved,
                " NOT" + COMMON_DAYS + " OR (",
                day,
                " NOTNULL AND ",
                moved,
                " ISNULL) THEN ",
                Sql.FAILURE,
                " ELSE ",
                moved,
                " END)");
        return Sql.of("(", checked, " * " + MICROS_PER_DAY + " + (", from, " - ", floored, "))");
    }

    /** Casts a date to timestamp. */
    Term timestamp(Term date) throws NotTranslatable {
        Sql sql = Sql.of(
                "(CASE ",
                date,
                " WHEN 2147483647 THEN 9223372036854775807"
                        + " WHEN -2147483648 THEN -9223372036854775807 - 1 ELSE CASE WHEN ",
                date,
                " > 106741034 THEN ",
                Sql.FAILURE,
                " ELSE ",
                date,
                " * " + MICROS_PER_DAY + " END END)");
        Term timestamp = Term.of(Oid.TIMESTAMP, sql, date);
        if (isCommon(date)) {
            return timestamp;
        }
        return raising(timestamp);
    }

    private static boolean isCommon(Term term) {
        return term.isConstant()
                && term.raw().bindings().stream().allMatch(each -> each.conversion() == Conversion.COMMON_DATE);
    }

    private Term raising(Term term) throws NotTranslatable {
        if (term.isConstant()) {
            throw new NotTranslatable("a computation with constants that may raise an error");
        }
        return term.raising();
    }

    /** Reads a literal interval. */
    public IntervalConstant span(Operand operand) throws NotTranslatable {
        String text = constants.string(operand);
        Value literal = (Value) operand;
        String field = out.intervalFields.get(literal.slot());
        if (field == null) {
            return IntervalConstant.of(text, literal);
        }
        return IntervalConstant.of(text, field, literal);
    }

    /** The text for the multiple of {@code unit} at or below a time. */
    static String floored(String time, long unit) {
        return "(" + time + " - (" + time + " % " + unit + " + " + unit + ") % " + unit + ")";
    }

    /** Casts a timestamp to date. */
    static Term date(Term timestamp) throws NotTranslatable {
        Sql sql = Sql.of(
                "(CASE ",
                timestamp,
                " WHEN 9223372036854775807 THEN 2147483647" + " WHEN -9223372036854775807 - 1 THEN -2147483648 ELSE ",
                Template.of(floored("$1", MICROS_PER_DAY)).with(timestamp),
                " / " + MICROS_PER_DAY + " END)");
        return Term.of(Oid.DATE, sql, timestamp);
    }
}
