package dev.sqlmem.wire.type;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Intervals as text, as far as no two readers could differ: whole numbers with units, each unit once, and a
 * time after them. A sign means different things in style {@code sql_standard}, and is not read there.
 */
public final class IntervalReader {
    private static final int MAX_LENGTH = 100;
    private static final Pattern PART = Pattern.compile(
            "(-?)(?:(\\d{1,6}) (year|month|mon|week|day|hour|minute|min|second|sec)s?|(\\d{2}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,6}))?)(?: (?! )|$)");

    private final Set<String> seen = new HashSet<>();
    private long micros;
    private int days;
    private int months;

    public IntervalReader(ByteBuf in, int length, IntervalStyle style) {
        if (length == 0 || length > MAX_LENGTH) {
            throw notCanonical();
        }
        String text = in.toString(in.readerIndex(), length, StandardCharsets.US_ASCII);
        Matcher part = PART.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!part.find(at) || part.start() != at) {
                throw notCanonical();
            }
            boolean negative = !part.group(1).isEmpty();
            if (negative && style == IntervalStyle.SQL_STANDARD) {
                throw new NotExactException("an interval with a sign under IntervalStyle sql_standard");
            }
            if (part.group(2) == null) {
                time(part, negative ? -1 : 1);
            } else {
                unit(part.group(3), Integer.parseInt(part.group(2)) * (negative ? -1 : 1));
            }
            at = part.end();
        }
        if (text.endsWith(" ")) {
            throw notCanonical();
        }
    }

    private static NotExactException notCanonical() {
        return new NotExactException("not a canonical interval");
    }

    private void unit(String unit, int value) {
        String shortened = unit.substring(0, 3);
        if (seen.contains("time") || !seen.add(shortened)) {
            throw notCanonical();
        }
        switch (shortened) {
            case "yea" -> months += value * 12;
            case "mon" -> months += value;
            case "wee" -> days += value * 7;
            case "day" -> days += value;
            case "hou" -> micros += value * 3_600_000_000L;
            case "min" -> micros += value * 60_000_000L;
            default -> micros += value * IsoCalendar.MICROS_PER_SECOND;
        }
    }

    private void time(Matcher part, int sign) {
        int minutes = Integer.parseInt(part.group(5));
        int seconds = Integer.parseInt(part.group(6));
        boolean again = seen.contains("hou") || seen.contains("min") || seen.contains("sec") || !seen.add("time");
        if (again || minutes > 59 || seconds > 59) {
            throw notCanonical();
        }
        String fraction;
        if (part.group(7) == null) {
            fraction = "";
        } else {
            fraction = part.group(7);
        }
        long whole = (Integer.parseInt(part.group(4)) * 60L + minutes) * 60 + seconds;
        micros +=
                sign * (whole * IsoCalendar.MICROS_PER_SECOND + Long.parseLong((fraction + "000000").substring(0, 6)));
    }

    public long micros() {
        return micros;
    }

    public int days() {
        return days;
    }

    public int months() {
        return months;
    }
}
