package dev.sqlmem.upstream.jdbc;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.stream.LongStream;

/**
 * The instants, in epoch seconds, at which two sources of a zone's rules are compared.
 *
 * <p>Around every transition of the one, a second before and at it; and each week, so that no summer time
 * that only the other has is missed. Both repeat the last rule for ever, and the Gregorian calendar has
 * a period of 400 years, so that the transitions are followed for one period and sampled beyond it.
 */
final class ZoneSamples {

    private static final long DAY = 86_400;
    private static final int FIRST_YEAR = -4_700;
    private static final int WEEKLY_FROM = 1_840;
    private static final int WEEKLY_TO = 2_110;
    private static final int PERIOD_END = 2_520;
    private static final int LAST_YEAR = 294_000;

    private ZoneSamples() {}

    /** Returns them in rising order, each once. */
    static long[] of(ZoneRules rules) {
        LongStream.Builder samples = LongStream.builder();
        for (int year = FIRST_YEAR; year < WEEKLY_FROM; year += 50) {
            samples.add(start(year, Month.JANUARY));
        }
        for (long second = start(WEEKLY_FROM, Month.JANUARY); second < start(WEEKLY_TO, Month.JANUARY); ) {
            samples.add(second);
            second += 7 * DAY;
        }
        Instant from = Instant.ofEpochSecond(start(FIRST_YEAR, Month.JANUARY));
        ZoneOffsetTransition transition = rules.nextTransition(from);
        while (transition != null && transition.getDateTimeBefore().getYear() < PERIOD_END) {
            samples.add(transition.toEpochSecond() - 1).add(transition.toEpochSecond());
            transition = rules.nextTransition(transition.getInstant());
        }
        for (int year = WEEKLY_TO; year < LAST_YEAR; year += year < PERIOD_END ? 1 : 997) {
            samples.add(start(year, Month.JANUARY)).add(start(year, Month.JULY));
        }
        return samples.build().sorted().distinct().toArray();
    }

    private static long start(int year, Month month) {
        return LocalDate.of(year, month, 1).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    }
}
