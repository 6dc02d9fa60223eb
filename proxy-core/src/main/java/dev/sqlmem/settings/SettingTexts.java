package dev.sqlmem.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the texts of simple settings are read; each method throws IllegalArgumentException with advice. */
public final class SettingTexts {
    private SettingTexts() {}

    /** A file, or null for {@code none}. */
    public static @Nullable Path fileOrNone(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("name a file, or none");
        }
        if (text.equals("none")) {
            return null;
        }
        return Path.of(text);
    }

    /** A file that is there. */
    public static Path readableFile(String text) {
        Path path = Path.of(text);
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw new IllegalArgumentException("cannot read the file " + path);
        }
        return path;
    }

    /** An address, or null for {@code off}. */
    public static @Nullable ListenAddress addressOrOff(String text) {
        if (text.equals("off")) {
            return null;
        }
        return ListenAddress.parse(text);
    }

    /** {@code true}, {@code on}, {@code yes}, {@code 1} or their opposites. */
    public static boolean yesOrNo(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "on", "yes", "1" -> true;
            case "false", "off", "no", "0" -> false;
            default -> throw new IllegalArgumentException("\"" + text + "\" is neither true nor false");
        };
    }

    /** A number within bounds, both included. */
    public static int wholeNumber(String text, int least, int most) {
        if (text.matches("\\d{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is not a number from " + least + " to " + most);
    }

    /** A share, from 0 to 1, written as a decimal. */
    public static double share(String text) {
        if (text.matches("\\d{1,9}(\\.\\d{1,9})?|\\.\\d{1,9}")) {
            double share = Double.parseDouble(text);
            if (share <= 1) {
                return share;
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" is not a share from 0 to 1, as 0.01 is");
    }
}
