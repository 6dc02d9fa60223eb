package dev.sqlmem.wire.type;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The setting {@code IntervalStyle} (manual, "Interval Output"). */
public enum IntervalStyle {
    POSTGRES,
    POSTGRES_VERBOSE,
    SQL_STANDARD,
    ISO_8601;

    /** Reads the setting as the server reports it; null where it is none that is known. */
    public static @Nullable IntervalStyle of(String setting) {
        for (IntervalStyle style : values()) {
            if (style.name().toLowerCase(Locale.ROOT).equals(setting)) {
                return style;
            }
        }
        return null;
    }
}
