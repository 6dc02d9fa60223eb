package dev.sqlmem.cli;

import dev.sqlmem.settings.ConfigurationException;
import dev.sqlmem.settings.DataSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;

/**
 * Where log lines go: nowhere, unless asked for. Log4j is configured here by code alone; no configuration
 * file of the machine is looked for.
 */
public final class LogTargets {
    private LogTargets() {}

    /** Drops every log line, those of the libraries too. */
    public static void silence() {
        // pgjdbc logs through java.util.logging, whose default is stderr.
        java.util.logging.LogManager.getLogManager().reset();
        Configurator.initialize(
                new LogConfiguration(new LogSettings(List.of(), Level.OFF, new DataSize(0), LogFormat.TEXT)));
    }

    /**
     * Sends log lines to the targets.
     *
     * @throws ConfigurationException when a file cannot be written
     */
    static void open(LogSettings settings) {
        if (settings.targets().isEmpty()) {
            return;
        }
        settings.targets().forEach(LogTargets::requireWritable);
        Configurator.reconfigure(new LogConfiguration(settings));
    }

    /** Changes the level of what is open. */
    static void level(Level level) {
        Configurator.setLevel(LogConfiguration.PRODUCT, level);
    }

    /** Whether the target is the terminal or whatever the process was started with. */
    static boolean isConsole(String target) {
        return target.equals("stderr") || target.equals("stdout");
    }

    private static void requireWritable(String target) {
        if (isConsole(target)) {
            return;
        }
        try {
            Files.newOutputStream(Path.of(target), StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
        } catch (IOException denied) {
            throw new ConfigurationException("--log " + target + ": cannot write this file (" + denied.getMessage()
                    + "). Check that its directory exists and that this user may write there");
        }
    }
}
