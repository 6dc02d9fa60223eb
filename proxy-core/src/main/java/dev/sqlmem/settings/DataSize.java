package dev.sqlmem.settings;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An amount of memory or disk, in bytes. */
public record DataSize(long bytes) {
    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([a-z]*)");
    /** As in the SI and IEC: MB are millions, MiB are 2^20; a lone letter is read as the JVM's -Xmx reads it. */
    private static final Map<String, Long> UNITS = Map.ofEntries(
            Map.entry("", 1L),
            Map.entry("b", 1L),
            Map.entry("kb", 1_000L),
            Map.entry("mb", 1_000_000L),
            Map.entry("gb", 1_000_000_000L),
            Map.entry("tb", 1_000_000_000_000L),
            Map.entry("k", 1L << 10),
            Map.entry("m", 1L << 20),
            Map.entry("g", 1L << 30),
            Map.entry("t", 1L << 40),
            Map.entry("kib", 1L << 10),
            Map.entry("mib", 1L << 20),
            Map.entry("gib", 1L << 30),
            Map.entry("tib", 1L << 40));

    /**
     * Reads {@code 512MB}, {@code 2GiB}, {@code 1.5 GB}, {@code 1048576}.
     *
     * @throws IllegalArgumentException when the text is no positive size of less than 2^63 bytes
     */
    public static DataSize parse(String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        Long unit;
        if (matcher.matches()) {
            unit = UNITS.get(matcher.group(2));
        } else {
            unit = null;
        }
        if (unit == null) {
            throw new IllegalArgumentException("\"" + text + "\" is not a size, for example 512MB or 2GiB");
        }
        BigDecimal bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
        if (bytes.compareTo(BigDecimal.ONE) < 0 || bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("\"" + text + "\" is out of range for a size");
        }
        return new DataSize(bytes.longValue());
    }

    /** A quarter of the machine's memory; in a container, of what the container may have. */
    public static DataSize quarterOfMemory() {
        OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new DataSize(machine.getTotalMemorySize() / 4);
    }

    /** The shortest text that reads back as the same size. */
    public String exact() {
        String units = "KMGT";
        for (int power = units.length(); power > 0; power--) {
            long unit = 1L << (10 * power);
            if (bytes >= unit && bytes % unit == 0) {
                return bytes / unit + units.substring(power - 1, power) + "iB";
            }
        }
        return bytes + "B";
    }

    /** The size in the largest unit that leaves at most one decimal of error, for people. */
    @Override
    public String toString() {
        if (bytes < 1L << 10) {
            return bytes + "B";
        }
        String units = "KMGT";
        int power = Math.min((63 - Long.numberOfLeadingZeros(bytes)) / 10, units.length());
        String number = String.format(Locale.ROOT, "%.1f", bytes / (double) (1L << (10 * power)));
        String shown;
        if (number.endsWith(".0")) {
            shown = number.substring(0, number.length() - 2);
        } else {
            shown = number;
        }
        return shown + units.charAt(power - 1) + "iB";
    }
}
