package dev.sqlmem.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ResourceLeakDetector;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.core.Filter;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.filter.StringMatchFilter;

/**
 * Hears of every buffer that Netty finds to have been lost. Netty finds one only after a garbage collection,
 * so that a buffer lost on purpose tells when all those before it have been found.
 */
public final class LeakWatch {
    private static final String CANARY = "lost on purpose by the leak watch";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Queue<String> leaks = new ConcurrentLinkedQueue<>();
    private final Queue<String> canaries = new ConcurrentLinkedQueue<>();

    public LeakWatch() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        hush();
        ByteBufUtil.setLeakListener((type, records) -> (records.contains(CANARY) ? canaries : leaks).add(records));
    }

    /** What has been lost since the watch began, with the places that touched it last. */
    public List<String> leaks() throws InterruptedException {
        canaries.clear();
        Thread loser = new Thread(LeakWatch::lose); // its short stack keeps Netty's report short
        loser.start();
        loser.join();
        Await.until("Netty finds the buffer that was lost on purpose", () -> {
            System.gc();
            ByteBufAllocator.DEFAULT.buffer(1).release(); // looks for lost ones
            return !canaries.isEmpty();
        });
        return List.copyOf(leaks);
    }

    /** Keeps what is lost on purpose out of the log, where it would frighten people. */
    private static void hush() {
        LoggerContext.getContext(false)
                .getConfiguration()
                .addFilter(new StringMatchFilter.Builder()
                        .setText(CANARY)
                        .setOnMatch(Filter.Result.DENY)
                        .setOnMismatch(Filter.Result.NEUTRAL)
                        .build());
    }

    private static void lose() {
        ByteBuf lost = ByteBufAllocator.DEFAULT.buffer(1);
        lost.touch(CANARY + " " + NUMBER.incrementAndGet()); // Netty reports the same loss once only
    }
}
