package dev.sqlmem.wire.type;

import java.time.Instant;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * The offset from UTC at an instant. {@link ZoneRules} searches and makes garbage for each answer, so
 * those for spans of about six days are remembered, unless the offset changes within.
 *
 * <p>Shared by all threads without locks: a span is immutable, and one lost to a race is found again.
 */
public final class ZoneOffsets {
    private static final int SPAN_BITS = 19;

    /** Enough for 68 years of one zone; a power of two. */
    private static final int REMEMBERED = 4096;

    private final @Nullable Span[] spans = new @Nullable Span[REMEMBERED];

    /** The offset in seconds east of UTC. */
    public int at(ZoneRules rules, long unixSeconds) {
        long number = unixSeconds >> SPAN_BITS;
        int slot = ((int) number ^ System.identityHashCode(rules)) & REMEMBERED - 1;
        Span span = spans[slot];
        if (span == null || span.number != number || !span.rules.equals(rules)) {
            span = Span.of(rules, number);
            spans[slot] = span;
        }
        if (span.uniform) {
            return span.offset;
        }
        return offset(rules, unixSeconds);
    }

    private static int offset(ZoneRules rules, long unixSeconds) {
        return rules.getOffset(Instant.ofEpochSecond(unixSeconds)).getTotalSeconds();
    }

    /** One span of time: the offset at its start, and whether that holds to its end. */
    private record Span(ZoneRules rules, long number, int offset, boolean uniform) {

        static Span of(ZoneRules rules, long number) {
            long start = number << SPAN_BITS;
            ZoneOffsetTransition next = rules.nextTransition(Instant.ofEpochSecond(start));
            boolean uniform = next == null || next.toEpochSecond() >= (number + 1) << SPAN_BITS;
            return new Span(rules, number, ZoneOffsets.offset(rules, start), uniform);
        }
    }
}
