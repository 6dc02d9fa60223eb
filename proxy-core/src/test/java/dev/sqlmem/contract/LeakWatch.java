package dev.sqlmem.contract;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/**
 * Hears what Netty's leak detector logs. It speaks of a buffer that was never released when the garbage
 * collector has found it and the next buffer is made.
 */
final class LeakWatch implements AutoCloseable {
    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();
    private final Logger logger = (Logger) LogManager.getLogger("io.netty.util.ResourceLeakDetector");
    private final AbstractAppender appender =
            new AbstractAppender("leak watch", null, null, false, Property.EMPTY_ARRAY) {
                @Override
                public void append(LogEvent event) {
                    if (event.getLevel().isMoreSpecificThan(Level.ERROR)) {
                        leaks.add(event.getMessage().getFormattedMessage());
                    }
                }
            };

    LeakWatch() {
        appender.start();
        logger.addAppender(appender);
    }

    List<String> leaks() {
        return List.copyOf(leaks);
    }

    @Override
    public void close() {
        logger.removeAppender(appender);
        appender.stop();
    }
}
