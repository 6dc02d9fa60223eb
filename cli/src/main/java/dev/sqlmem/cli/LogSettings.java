package dev.sqlmem.cli;

import dev.sqlmem.settings.DataSize;
import dev.sqlmem.settings.Flag;
import dev.sqlmem.settings.SettingTexts;
import dev.sqlmem.settings.SettingsReader;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.logging.log4j.Level;

/**
 * What is logged, where and how.
 *
 * @param targets {@code stderr}, {@code stdout} or file names; empty: silent
 * @param rotation the size at which a log file is begun anew
 */
record LogSettings(List<String> targets, Level level, DataSize rotation, LogFormat format) {
    LogSettings {
        targets = List.copyOf(targets);
    }

    /** Reads the log's settings; throws {@code ConfigurationException} where one is malformed. */
    static LogSettings read(SettingsReader reader) {
        return new LogSettings(
                reader.read(Flag.LOG, LogSettings::targets),
                level(reader),
                reader.read(Flag.LOG_ROTATION, DataSize::parse),
                reader.read(Flag.LOG_FORMAT, LogFormat::parse));
    }

    /** Reads the level alone, which may change while the proxy runs. */
    static Level level(SettingsReader reader) {
        Level usual = Level.INFO;
        if (reader.read(Flag.DEBUG, SettingTexts::yesOrNo)) {
            usual = Level.DEBUG;
        }
        return reader.read(Flag.LOG_LEVEL, LogSettings::level, usual);
    }

    private static Level level(String text) {
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

    private static List<String> targets(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(target -> !target.isEmpty() && !target.equals("silent"))
                .toList();
    }
}
