package dev.sqlmem.cli;

import dev.sqlmem.server.Mode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.logging.log4j.Level;
import org.jspecify.annotations.Nullable;

/** How the texts of simple settings are read; each method throws IllegalArgumentException with advice. */
final class SettingTexts {
    private SettingTexts() {}

    /** A mode by its label. */
    static Mode mode(String text) {
        return Arrays.stream(Mode.values())
                .filter(mode -> mode.label().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + text + "\" is no mode; there are read-only and transparent"));
    }

    /** A file, or null for {@code none}. */
    static @Nullable Path fileOrNone(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("name a file, or none");
        }
        if (text.equals("none")) {
            return null;
        }
        return Path.of(text);
    }

    /** {@code true}, {@code on}, {@code yes}, {@code 1} or their opposites. */
    static boolean yesOrNo(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes", "1" -> true;
            case "false", "off", "no", "0" -> false;
            default -> throw new IllegalArgumentException("\"" + text + "\" is neither true nor false");
        };
    }

    /** A number within bounds, both included. */
    static int wholeNumber(String text, int least, int most) {
        if (text.matches("\\d{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is not a number from " + least + " to " + most);
    }

    /** A share, from 0 to 1, written as a decimal. */
    static double share(String text) {
        if (text.matches("\\d{1,9}(\\.\\d{1,9})?|\\.\\d{1,9}")) {
            double share = Double.parseDouble(text);
            if (share <= 1) {
                return share;
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is not a share from 0 to 1, as 0.01 is");
    }

    /** A log level by its name. */
    static Level level(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "error" -> Level.ERROR;
            case "warn" -> Level.WARN;
            case "info" -> Level.INFO;
            case "debug" -> Level.DEBUG;
            case "trace" -> Level.TRACE;
            default ->
                throw new IllegalArgumentException(
                        "\"" + text + "\" is no level; there are error, warn, info, debug and trace");
        };
    }

    /** Log targets, separated by commas. */
    static List<String> targets(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(target -> !target.isEmpty() && !target.equals("silent"))
                .toList();
    }
}
