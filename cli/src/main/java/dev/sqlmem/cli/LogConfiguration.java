package dev.sqlmem.cli;

import dev.sqlmem.settings.ConfigurationException;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.Layout;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.appender.RollingFileAppender;
import org.apache.logging.log4j.core.appender.rolling.DefaultRolloverStrategy;
import org.apache.logging.log4j.core.appender.rolling.SizeBasedTriggeringPolicy;
import org.apache.logging.log4j.core.config.AbstractConfiguration;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.layout.PatternLayout;
import org.jspecify.annotations.Nullable;

/** Log4j's configuration: the product's own lines at the level asked for, those of libraries from WARN on. */
final class LogConfiguration extends AbstractConfiguration {
    /** The loggers whose level may be chosen. */
    static final String PRODUCT = "dev.sqlmem";

    /** How many full files are kept beside the current one: {@code .1} is the newest. */
    static final int KEPT_FILES = 5;

    private final LogSettings settings;

    LogConfiguration(LogSettings settings) {
        super(null, ConfigurationSource.NULL_SOURCE);
        this.settings = settings;
    }

    @Override
    protected void doConfigure() {
        Level level = settings.level();
        // What libraries say below WARN is not for operators, and may hold more of the configuration than is shown.
        Level libraries;
        if (level.isMoreSpecificThan(Level.WARN)) {
            libraries = level;
        } else {
            libraries = Level.WARN;
        }
        getRootLogger().setLevel(libraries);
        // Its warning about connections that the server has closed gives advice that does not fit: UpstreamState tells.
        addLogger(
                "com.zaxxer.hikari.pool.PoolBase",
                new LoggerConfig("com.zaxxer.hikari.pool.PoolBase", Level.ERROR, true));
        addLogger(PRODUCT, new LoggerConfig(PRODUCT, level, true));
        for (String target : settings.targets()) {
            Appender appender = appender(target);
            appender.start();
            addAppender(appender);
            getRootLogger().addAppender(appender, null, null);
        }
    }

    private Appender appender(String target) {
        Layout<String> layout = PatternLayout.newBuilder()
                .setPattern(settings.format().pattern())
                .setAlwaysWriteExceptions(false)
                .setConfiguration(this)
                .build();
        if (LogTargets.isConsole(target)) {
            return console(target, layout);
        }
        return file(target, layout);
    }

    private Appender console(String target, Layout<String> layout) {
        return ConsoleAppender.newBuilder()
                .setName(target)
                .setLayout(layout)
                .setTarget(
                        target.equals("stderr") ? ConsoleAppender.Target.SYSTEM_ERR : ConsoleAppender.Target.SYSTEM_OUT)
                .setConfiguration(this)
                .build();
    }

    private Appender file(String target, Layout<String> layout) {
        @Nullable
        Appender appender = RollingFileAppender.newBuilder()
                .setName(target)
                .setLayout(layout)
                .setFileName(target)
                .setFilePattern(target.replace("%", "%%") + ".%i")
                .setPolicy(SizeBasedTriggeringPolicy.createPolicy(
                        settings.rotation().bytes() + " B"))
                .setStrategy(DefaultRolloverStrategy.newBuilder()
                        .setFileIndex("min")
                        .setMax(Integer.toString(KEPT_FILES))
                        .setConfig(this)
                        .build())
                .setConfiguration(this)
                .build();
        if (appender == null) {
            throw new ConfigurationException("--log " + target + ": this file cannot be rotated");
        }
        return appender;
    }
}
