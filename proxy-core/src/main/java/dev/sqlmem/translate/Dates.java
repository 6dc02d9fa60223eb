package dev.sqlmem.translate;

import dev.sqlmem.plan.Binding;
import dev.sqlmem.plan.Binding.Conversion;
import dev.sqlmem.wire.type.Oid;
import java.math.BigInteger;

/**
 * Dates and timestamps: stored as days and microseconds since 2000-01-01, so that arithmetic is that of
 * integers, infinities aside (manual, "Date/Time Functions and Operators").
 *
 * <p>Calendar fields come from SQLite's own functions, given a day number and never a text, and only for
 * the years 1 to 9999, for which they were compared day by day.
 */
final class Dates {
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final String INFINITE_DATES = " IN (2147483647, -2147483648)";
    private static final String INFINITE_TIMES = " IN (9223372036854775807, -9223372036854775807 - 1)";
    private static final String DATES = " BETWEEN -2451545 AND 2145031948";
    private static final String TIMES = " BETWEEN -211813488000000000 AND 9223371331199999999";

    /** 0001-01-01 to 9999-12-31. */
    private static final String COMMON_DAYS = " BETWEEN -730119 AND 2921939";

    private final Translation out;
    private final Constants constants;

    Dates(Translation out, Constants constants) {
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

    Operand apply(String operator, Operand left, Operand right) throws NotTranslatable {
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
        Sql floored = floored(from, MICROS_PER_DAY);
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

    /** The place of a date among timestamps, which are compared with it; beyond the last timestamp there is one more. */
    static Term among(Term date) throws NotTranslatable {
        Sql sql = Sql.of(
                "(CASE WHEN ",
                date,
                " = 2147483647 THEN 9223372036854775807 WHEN ",
                date,
                " = -2147483648 THEN -9223372036854775807 - 1 WHEN ",
                date,
                " > 106741034 THEN 9223372036854775806 ELSE ",
                date,
                " * " + MICROS_PER_DAY + " END)");
        return Term.of(Oid.TIMESTAMP, sql, date);
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
    IntervalConstant span(Operand operand) throws NotTranslatable {
        String text = constants.string(operand);
        Value literal = (Value) operand;
        String field = out.intervalFields.get(literal.slot());
        if (field == null) {
            return IntervalConstant.of(text, literal);
        }
        return IntervalConstant.of(text, field, literal);
    }

    /** {@code extract(field FROM source)}. */
    Term extract(String field, Term source) throws NotTranslatable {
        boolean date = source.type() == Oid.DATE;
        if (!date && source.type() != Oid.TIMESTAMP) {
            throw new NotTranslatable("extract from a value of type " + source.type());
        }
        Sql day;
        if (date) {
            day = source.sql();
        } else {
            day = Sql.of("(", floored(source, MICROS_PER_DAY), " / " + MICROS_PER_DAY + ")");
        }
        Sql time = Sql.of("(", source, " - ", floored(source, MICROS_PER_DAY), ")");
        int scale = 0;
        Sql value;
        switch (field) {
            case "year" -> value = calendar("%Y", day);
            case "month" -> value = calendar("%m", day);
            case "day" -> value = calendar("%d", day);
            case "doy" -> value = calendar("%j", day);
            case "quarter" -> value = Sql.of("((", calendar("%m", day), " + 2) / 3)");
            case "dow" -> value = calendar("%w", day);
            case "isodow" -> value = Sql.of("((", calendar("%w", day), " + 6) % 7 + 1)");
            case "hour" -> value = Sql.of("(", time, " / 3600000000)");
            case "minute" -> value = Sql.of("(", time, " / 60000000 % 60)");
            case "second" -> {
                value = Sql.of("(", time, " % 60000000)");
                scale = 6;
            }
            case "epoch" -> {
                if (date) {
                    value = Sql.of("((", source, " + 10957) * 86400)");
                } else {
                    value = Sql.of("(", source, " + 946684800000000)");
                }
                if (date) {
                    scale = 0;
                } else {
                    scale = 6;
                }
            }
            default -> throw new NotTranslatable("extract of " + field);
        }
        boolean ofTime = field.equals("hour") || field.equals("minute") || field.equals("second");
        if (date && ofTime) {
            throw new NotTranslatable("extract of " + field + " from a date");
        }
        Sql sql = Sql.of("(CASE WHEN ", day, " NOT" + COMMON_DAYS + " THEN ", Sql.FAILURE, " ELSE ", value, " END)");
        return Arithmetic.numeric(sql, scale, source).bound(BigInteger.TEN.pow(18));
    }

    private static Sql calendar(String format, Sql day) {
        return Sql.of("CAST(strftime('" + format + "', ", day, " + 2451544.5) AS INTEGER)");
    }

    /** The multiple of {@code unit} at or below the time. */
    private static Sql floored(Term time, long unit) {
        return Sql.of("(", time, " - (", time, " % " + unit + " + " + unit + ") % " + unit + ")");
    }

    /** {@code date_trunc(unit, source)}. */
    Term truncated(String unit, Term source) throws NotTranslatable {
        if (source.type() != Oid.TIMESTAMP) {
            throw new NotTranslatable("date_trunc of a value of type " + source.type());
        }
        Sql day = Sql.of("(", floored(source, MICROS_PER_DAY), " / " + MICROS_PER_DAY + ")");
        Sql value = switch (unit) {
            case "second" -> floored(source, 1_000_000L);
            case "minute" -> floored(source, 60_000_000L);
            case "hour" -> floored(source, 3_600_000_000L);
            case "day" -> floored(source, MICROS_PER_DAY);
            case "week" -> Sql.of("((", day, " - (", day, " - 2 + 7000000000) % 7) * " + MICROS_PER_DAY + ")");
            case "month" -> start("start of month", day);
            case "year" -> start("start of year", day);
            case "quarter" -> {
                Sql month = calendar("%m", day);
                Sql monthsBack = Sql.of("'-' || ((", month, " - 1) % 3) || ' months'");
                yield Sql.of(
                        "(CAST(julianday(",
                        day,
                        " + 2451544.5, 'start of month', ",
                        monthsBack,
                        ") - 2451544.5 AS INTEGER) * " + MICROS_PER_DAY + ")");
            }
            default -> throw new NotTranslatable("date_trunc to " + unit);
        };
        Sql sql = Sql.of("(CASE WHEN ", day, " NOT" + COMMON_DAYS + " THEN ", Sql.FAILURE, " ELSE ", value, " END)");
        return Term.of(Oid.TIMESTAMP, sql, source);
    }

    private static Sql start(String modifier, Sql day) {
        return Sql.of(
                "(CAST(julianday(",
                day,
                " + 2451544.5, '" + modifier + "') - 2451544.5 AS INTEGER) * " + MICROS_PER_DAY + ")");
    }

    /** Casts a timestamp to date. */
    Term date(Term timestamp) throws NotTranslatable {
        Sql sql = Sql.of(
                "(CASE ",
                timestamp,
                " WHEN 9223372036854775807 THEN 2147483647" + " WHEN -9223372036854775807 - 1 THEN -2147483648 ELSE ",
                floored(timestamp, MICROS_PER_DAY),
                " / " + MICROS_PER_DAY + " END)");
        return Term.of(Oid.DATE, sql, timestamp);
    }
}
