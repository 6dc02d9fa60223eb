package dev.sqlmem.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;

/** The product's log lines from a level on, as {@code LEVEL Logger message}, until closed. */
public final class LogCapture implements AutoCloseable {
    private static final String PRODUCT = "dev.sqlmem";
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final LoggerContext context = (LoggerContext) LogManager.getContext(false);

    private LogCapture(Level level) {
        Configuration configuration = context.getConfiguration();
        LoggerConfig product = new LoggerConfig(PRODUCT, level, false);
        Appender appender = new Lines();
        appender.start();
        product.addAppender(appender, null, null);
        configuration.addLogger(PRODUCT, product);
        context.updateLoggers();
    }

    /** Listens from now on. */
    public static LogCapture from(Level level) {
        return new LogCapture(level);
    }

    /** What was written so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** Waits for a line with this text in it. */
    public String await(String text) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < end) {
            for (String line : lines) {
                if (line.contains(text)) {
                    return line;
                }
            }
            LockSupport.parkNanos(2_000_000);
        }
        throw new AssertionError("no log line with " + text + " among " + lines);
    }

    @Override
    public void close() {
        context.getConfiguration().removeLogger(PRODUCT);
        context.updateLoggers();
    }

    private final class Lines extends AbstractAppender {
        Lines() {
            super("lines", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            String logger = event.getLoggerName();
            lines.add(event.getLevel() + " " + logger.substring(logger.lastIndexOf('.') + 1) + " "
                    + event.getMessage().getFormattedMessage());
        }
    }
}
