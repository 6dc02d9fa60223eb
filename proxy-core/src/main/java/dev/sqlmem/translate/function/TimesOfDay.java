package dev.sqlmem.translate.function;

import dev.sqlmem.translate.type.IntervalConstant;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.wire.type.Oid;

/**
 * Times of day and constant intervals: only the interval's time counts, not its days and months, and the day begins
 * anew at midnight, at which 24:00 is the next day's 00:00 (manual, "Date/Time Functions and Operators"). Nothing
 * here leads out of a range, so nothing is raised.
 */
final class TimesOfDay {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    /** What the codec of timetz keeps in its lower bits, the zone in seconds west and its bias, and their number. */
    private static final long ZONES = 1L << 18;

    private static final long ZONE_BIAS = ZONES / 2;

    private TimesOfDay() {}

    static boolean isOne(int oid) {
        return oid == Oid.TIME || oid == Oid.TIMETZ;
    }

    /** The time of day after (or, with a sign of -1, before) it by the interval. */
    static Term shifted(Term time, int sign, IntervalConstant span) throws NotTranslatable {
        long micros = Math.floorMod(sign * span.micros(), MICROS_PER_DAY);
        if (time.type() == Oid.TIME) {
            return Term.of(Oid.TIME, around(time.sql(), micros), time);
        }
        // The clock's own time is what goes around, the zone stays, and both make the instant that is stored.
        Sql zone = Sql.of("(", time, " & " + (ZONES - 1) + ")");
        Sql west = Sql.of("(", zone, " - " + ZONE_BIAS + ") * 1000000");
        Sql clock = Sql.of("((", time, " >> 18) - ", west, ")");
        return Term.of(
                Oid.TIMETZ, Sql.of("((", around(clock, micros), " + ", west, ") * " + ZONES + " + ", zone, ")"), time);
    }

    private static Sql around(Sql clock, long micros) {
        return Sql.of("((", clock, " + " + micros + ") % " + MICROS_PER_DAY + ")");
    }
}
