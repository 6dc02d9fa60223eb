package dev.sqlmem.wire.type;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The output side of the setting {@code DateStyle} (manual, "Date/Time Output").
 *
 * @param format the notation
 * @param dayFirst whether SQL and POSTGRES put the day before the month; YMD prints as MDY does
 */
public record DateStyle(Format format, boolean dayFirst) {
    /** What every driver works under. */
    public static final DateStyle ISO = new DateStyle(Format.ISO, false);

    /** The notations. */
    public enum Format {
        ISO,
        SQL,
        POSTGRES,
        GERMAN
    }

    /** Reads the setting as the server reports it ({@code ISO, MDY}); null where it is none that is known. */
    public static @Nullable DateStyle of(String setting) {
        String[] parts = setting.toUpperCase(Locale.ROOT).split(", ", -1);
        if (parts.length != 2) {
            return null;
        }
        for (Format format : Format.values()) {
            if (format.name().equals(parts[0])) {
                return new DateStyle(format, parts[1].equals("DMY"));
            }
        }
        return null;
    }

    /** Whether dates are printed year first. */
    public boolean isIso() {
        return format == Format.ISO;
    }
}
