package dev.sqlmem.verify;

import dev.sqlmem.cache.generation.Leased;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/** Takes samples of the cache's answers and has them verified in the background. Thread-safe. */
public final class Verifier implements AutoCloseable {
    /** The most that are verified in one second, whatever the rate is. */
    public static final int MOST_PER_SECOND = 100;

    /** Answers with more rows are skipped. */
    static final int MOST_ROWS = 10_000;

    private static final Logger LOG = LogManager.getLogger(Verifier.class);
    private static final long MOST_BYTES = 4L << 20;
    private static final int QUEUE = 32;
    private static final int COMPUTING = 4;
    private static final int STOP_SECONDS = 5;

    private final double rate;
    private final Executor workers;
    private final ThreadPoolExecutor asker;
    private final AtomicInteger computing = new AtomicInteger();
    private final AtomicLong second = new AtomicLong();
    private final LongAdder verified = new LongAdder();
    private final LongAdder mismatches = new LongAdder();
    private final LongAdder skipped = new LongAdder();

    /**
     * @param rate which share of answers is taken, 0 to 1
     * @param workers computes answers once more
     */
    public Verifier(double rate, Executor workers) {
        if (!(rate >= 0 && rate <= 1)) {
            throw new IllegalArgumentException("a share is between 0 and 1, not " + rate);
        }
        this.rate = rate;
        this.workers = workers;
        this.asker = new ThreadPoolExecutor(
                0, 1, STOP_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), Verifier::thread);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "sqlmem-verifier");
        thread.setDaemon(true);
        return thread;
    }

    /** Whether an answer that is being given, of so many rows, is to be verified; cheap, for the hit path. */
    public boolean wants(long rows) {
        if (rate == 0 || (rate < 1 && ThreadLocalRandom.current().nextDouble() >= rate)) {
            return false;
        }
        if (rows > MOST_ROWS || computing.get() >= COMPUTING || !isWithinSecond()) {
            skipped.increment();
            return false;
        }
        return true;
    }

    /** Counts in the upper half the second, in the lower one what was taken in it. */
    private boolean isWithinSecond() {
        long now = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
        long count = second.updateAndGet(last -> (last >> 32) == now ? last + 1 : now << 32 | 1);
        return (int) count <= MOST_PER_SECOND;
    }

    /** Takes a sample that it {@linkplain #wants wanted}, with the lease in it. Does not block. */
    public void take(Sample sample) {
        computing.incrementAndGet();
        try {
            workers.execute(() -> compute(sample));
        } catch (RejectedExecutionException stopped) {
            computing.decrementAndGet();
            sample.leased().release();
        }
    }

    /** Counts a sample that it {@linkplain #wants wanted} and does not get. */
    public void skip() {
        skipped.increment();
    }

    /** On a worker; the lease is returned before the server is asked, so that no slow server keeps memory. */
    private void compute(Sample sample) {
        Leased leased = sample.leased();
        List<byte[]> rows = null;
        try {
            rows = sample.computation().rows(leased, MOST_BYTES);
        } catch (RuntimeException e) {
            LOG.debug("an answer could not be computed again", e);
        } finally {
            leased.release();
            computing.decrementAndGet();
        }
        if (rows == null) {
            skipped.increment();
            return;
        }
        Verification verification = new Verification(sample, rows, leased.bytes(), MOST_BYTES);
        try {
            asker.execute(() -> verify(verification));
        } catch (RejectedExecutionException busy) {
            skipped.increment();
        }
    }

    private void verify(Verification verification) {
        try {
            switch (verification.run()) {
                case SAME -> {
                    verification.entry().counters().verify(true);
                    verified.increment();
                }
                case DIFFERENT -> {
                    verification.entry().counters().verify(false);
                    mismatches.increment();
                    verified.increment();
                }
                case SKIPPED -> skipped.increment();
            }
        } catch (RuntimeException e) {
            skipped.increment();
            LOG.warn("an answer could not be verified", e);
        }
    }

    /** How many answers were compared. */
    public long verified() {
        return verified.sum();
    }

    /** How many of them were wrong. */
    public long mismatches() {
        return mismatches.sum();
    }

    /** How many were sampled but not compared: too busy, too large, or the server gave no answer. */
    public long skipped() {
        return skipped.sum();
    }

    @Override
    public void close() {
        asker.shutdownNow();
        try {
            if (!asker.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                LOG.debug("a verification is still waiting for the server");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
