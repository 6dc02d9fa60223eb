package dev.sqlmem.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.appender.FileAppender;
import org.apache.logging.log4j.core.config.AbstractConfiguration;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.layout.PatternLayout;

/**
 * Where log lines go: nowhere, unless asked for. Log4j is configured here by code alone; no configuration
 * file of the machine is looked for.
 */
public final class LogTargets {
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{1} %message%n";

    private LogTargets() {}

    /** Drops every log line, those of the libraries too. */
    public static void silence() {
        // pgjdbc logs through java.util.logging, whose default is stderr.
        java.util.logging.LogManager.getLogManager().reset();
        Configurator.initialize(new Targets(List.of(), Level.OFF));
    }

    /**
     * Sends log lines to the targets.
     *
     * @param targets {@code stderr}, {@code stdout} or file names
     * @throws ConfigurationException when a file cannot be written
     */
    static void open(List<String> targets, Level level) {
        if (targets.isEmpty()) {
            return;
        }
        targets.forEach(LogTargets::requireWritable);
        Configurator.reconfigure(new Targets(targets, level));
    }

    private static void requireWritable(String target) {
        if (isConsole(target)) {
            return;
        }
        try {
            Files.newOutputStream(Path.of(target), StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
        } catch (IOException denied) {
            throw new ConfigurationException("--log " + target + ": cannot write this file: " + denied.getMessage());
        }
    }

    private static boolean isConsole(String target) {
        return target.equals("stderr") || target.equals("stdout");
    }

    private static final class Targets extends AbstractConfiguration {
        private final List<String> targets;
        private final Level level;

        Targets(List<String> targets, Level level) {
            super(null, ConfigurationSource.NULL_SOURCE);
            this.targets = targets;
            this.level = level;
        }

        @Override
        protected void doConfigure() {
            for (String target : targets) {
                Appender appender = appender(target);
                appender.start();
                addAppender(appender);
                getRootLogger().addAppender(appender, level, null);
            }
            getRootLogger().setLevel(level);
        }

        private Appender appender(String target) {
            PatternLayout layout = PatternLayout.newBuilder()
                    .setPattern(PATTERN)
                    .setConfiguration(this)
                    .build();
            if (isConsole(target)) {
                return ConsoleAppender.newBuilder()
                        .setName(target)
                        .setLayout(layout)
                        .setTarget(
                                target.equals("stderr")
                                        ? ConsoleAppender.Target.SYSTEM_ERR
                                        : ConsoleAppender.Target.SYSTEM_OUT)
                        .setConfiguration(this)
                        .build();
            }
            return FileAppender.newBuilder()
                    .setName(target)
                    .setLayout(layout)
                    .setFileName(target)
                    .setConfiguration(this)
                    .build();
        }
    }
}
