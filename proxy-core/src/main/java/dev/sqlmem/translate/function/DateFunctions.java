package dev.sqlmem.translate.function;

import static dev.sqlmem.translate.function.Dates.COMMON_DAYS;
import static dev.sqlmem.translate.function.Dates.MICROS_PER_DAY;
import static dev.sqlmem.translate.function.Dates.floored;
import static dev.sqlmem.translate.function.FunctionRow.row;

import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.wire.type.Oid;
import java.math.BigInteger;
import java.util.Map;

/**
 * Functions over dates and timestamps (manual, "Date/Time Functions and Operators").
 *
 * <p>Calendar fields come from SQLite's own functions, given a day number and never a text, and only for
 * the years 1 to 9999, for which they were compared day by day.
 */
public final class DateFunctions {
    /** The text for the day of a timestamp. */
    private static final String DAY = "(" + floored("$1", MICROS_PER_DAY) + " / " + MICROS_PER_DAY + ")";

    static final FunctionTable TABLE = new FunctionTable(
            "",
            row("date (timestamp) date", call -> Dates.date(call.term(0))),
            row("date_trunc (literal, timestamp) timestamp", call -> {
                String unit = call.constants().string(call.operand(0));
                return truncated(unit, call.term(1));
            }),
            row("isfinite (date) bool", "($1 NOT IN (2147483647, -2147483648))"),
            row("isfinite (timestamp) bool", "($1 NOT IN (9223372036854775807, -9223372036854775807 - 1))"));

    /** What {@code date_trunc} makes of a timestamp {@code $1}, by the unit. */
    private static final Map<String, String> UNITS = Map.of(
            "second", floored("$1", 1_000_000L),
            "minute", floored("$1", 60_000_000L),
            "hour", floored("$1", 3_600_000_000L),
            "day", floored("$1", MICROS_PER_DAY),
            "week", "((" + DAY + " - (" + DAY + " - 2 + 7000000000) % 7) * " + MICROS_PER_DAY + ")",
            "month", start("'start of month'"),
            "quarter", start("'start of month', '-' || ((" + calendar("%m", DAY) + " - 1) % 3) || ' months'"),
            "year", start("'start of year'"));

    /**
     * A field that {@code extract} takes out.
     *
     * @param ofDate the text for it of a date {@code $1}; empty where a date has no such field
     * @param ofTimestamp the text for it of a timestamp {@code $1}
     * @param scale the fraction digits of that of a timestamp
     */
    private record Field(String ofDate, String ofTimestamp, int scale) {
        /** A field of the day, by a text in which {@code $day} is its number. */
        static Field ofDay(String sqlite) {
            return new Field(sqlite.replace("$day", "$1"), sqlite.replace("$day", DAY), 0);
        }

        /** A field of the time of day, by a text in which {@code $time} is its microseconds. */
        static Field ofTime(String sqlite, int scale) {
            return new Field("", sqlite.replace("$time", "($1 - " + floored("$1", MICROS_PER_DAY) + ")"), scale);
        }
    }

    private static final Map<String, Field> FIELDS = Map.ofEntries(
            Map.entry("year", Field.ofDay(calendar("%Y", "$day"))),
            Map.entry("quarter", Field.ofDay("((" + calendar("%m", "$day") + " + 2) / 3)")),
            Map.entry("month", Field.ofDay(calendar("%m", "$day"))),
            Map.entry("day", Field.ofDay(calendar("%d", "$day"))),
            Map.entry("doy", Field.ofDay(calendar("%j", "$day"))),
            Map.entry("dow", Field.ofDay(calendar("%w", "$day"))),
            Map.entry("isodow", Field.ofDay("((" + calendar("%w", "$day") + " + 6) % 7 + 1)")),
            Map.entry("hour", Field.ofTime("($time / 3600000000)", 0)),
            Map.entry("minute", Field.ofTime("($time / 60000000 % 60)", 0)),
            Map.entry("second", Field.ofTime("($time % 60000000)", 6)),
            Map.entry("epoch", new Field("(($1 + 10957) * 86400)", "($1 + 946684800000000)", 6)));

    private DateFunctions() {}

    private static String calendar(String format, String day) {
        return "CAST(strftime('" + format + "', " + day + " + 2451544.5) AS INTEGER)";
    }

    private static String start(String modifiers) {
        return "(CAST(julianday(" + DAY + " + 2451544.5, " + modifiers + ") - 2451544.5 AS INTEGER) * " + MICROS_PER_DAY
                + ")";
    }

    /** The text, which fails for days outside of the years that SQLite's calendar is known to be right in. */
    private static Sql common(String day, String sqlite, Term source) {
        return Template.of("(CASE WHEN " + day + " NOT" + COMMON_DAYS + " THEN $fail ELSE " + sqlite + " END)")
                .with(source);
    }

    /** {@code date_trunc(unit, source)}. */
    public static Term truncated(String unit, Term source) throws NotTranslatable {
        String sqlite = UNITS.get(unit);
        if (sqlite == null) {
            throw new NotTranslatable("date_trunc to " + unit);
        }
        return Term.of(Oid.TIMESTAMP, common(DAY, sqlite, source), source);
    }

    /** {@code extract(field FROM source)}. */
    public static Term extract(String name, Term source) throws NotTranslatable {
        boolean date = source.type() == Oid.DATE;
        if (!date && source.type() != Oid.TIMESTAMP) {
            throw new NotTranslatable("extract from a value of type " + source.type());
        }
        Field field = FIELDS.get(name);
        if (field == null) {
            throw new NotTranslatable("extract of " + name);
        }
        if (date && field.ofDate.isEmpty()) {
            throw new NotTranslatable("extract of " + name + " from a date");
        }
        Term taken;
        if (date) {
            taken = Arithmetic.numeric(common("$1", field.ofDate, source), 0, source);
        } else {
            taken = Arithmetic.numeric(common(DAY, field.ofTimestamp, source), field.scale, source);
        }
        return taken.bound(BigInteger.TEN.pow(18));
    }
}
