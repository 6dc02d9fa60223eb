package dev.sqlmem.verify;

import dev.sqlmem.cache.LooseGeneration;
import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.cache.generation.LoadRefusedException;
import dev.sqlmem.catalog.TableUse;
import dev.sqlmem.database.Database;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.upstream.jdbc.RawAnswer;
import dev.sqlmem.upstream.jdbc.Snapshot;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/** Compares one answer with the server's. Runs on the verifier's thread. */
final class Verification {
    private static final Logger LOG = LogManager.getLogger(Verification.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** Larger tables are not loaded afresh to see whether their age explains a difference. */
    private static final long MOST_FRESH_BYTES = 64L << 20;

    private static final int SHOWN_ROWS = 20;

    /** What came of it. */
    enum Outcome {
        SAME,
        DIFFERENT,
        /** Nothing is known. */
        SKIPPED
    }

    private final Sample sample;
    private final List<byte[]> cached;
    private final long tableBytes;
    private final long mostBytes;

    Verification(Sample sample, List<byte[]> cached, long tableBytes, long mostBytes) {
        this.sample = sample;
        this.cached = cached;
        this.tableBytes = tableBytes;
        this.mostBytes = mostBytes;
    }

    ShapeEntry entry() {
        return sample.entry();
    }

    Outcome run() {
        Database database = sample.database();
        try (Snapshot snapshot = database.snapshot(LIMIT)) {
            RawAnswer upstream = snapshot.ask(sample.question(), Verifier.MOST_ROWS + 1);
            if (Difference.between(sample.read(), cached, upstream) == null) {
                return Outcome.SAME;
            }
            if (tableBytes > MOST_FRESH_BYTES) {
                return skipped("the table is too large to be loaded afresh");
            }
            List<byte[]> fresh = fresh(snapshot);
            if (fresh == null) {
                return skipped("the answer over fresh rows is too large, or the cache gives it up");
            }
            String difference = Difference.between(sample.read(), fresh, upstream);
            if (difference == null) {
                return Outcome.SAME; // the cached rows were older, that is all
            }
            if (!database.look() || database.epoch() != sample.epoch()) {
                return skipped("the catalogs have changed meanwhile, or nobody knows");
            }
            mismatch(difference, fresh, upstream);
            return Outcome.DIFFERENT;
        } catch (SQLException | LoadRefusedException e) {
            return skipped(String.valueOf(e.getMessage()));
        }
    }

    /** The cache's computation over the columns as they are in the snapshot. */
    private @Nullable List<byte[]> fresh(Snapshot snapshot) throws LoadRefusedException {
        List<Generation> loaded = new ArrayList<>();
        try {
            List<TableUse> uses = sample.read().tables();
            for (int i = 0; i < uses.size(); i++) {
                Generation held = sample.leased().generations().get(i);
                loaded.add(sample.database().loadFrom(snapshot, held.table(), columns(uses.get(i), held)));
            }
            if (sample.read().holds(loaded)) {
                return sample.computation().rows(LooseGeneration.together(loaded), mostBytes);
            }
            return null;
        } catch (RuntimeException e) {
            return null; // then it would have gone upstream
        } finally {
            for (Generation generation : loaded) {
                generation.retire();
                generation.release();
            }
        }
    }

    private static Set<Integer> columns(TableUse use, Generation held) {
        Set<Integer> touched = Set.copyOf(use.attnumList());
        if (touched.isEmpty()) {
            return Set.of(held.columns().get(0).attnum());
        }
        return touched;
    }

    private static Outcome skipped(String reason) {
        LOG.debug("an answer is not verified: {}", reason);
        return Outcome.SKIPPED;
    }

    private void mismatch(String difference, List<byte[]> fresh, RawAnswer upstream) {
        ShapeEntry entry = sample.entry();
        entry.disable("an answer differed from the server's: " + difference);
        LOG.warn(
                "an answer of the cache differed from the server's over the same rows, and the shape goes to the"
                        + " server from now on: {}. Shape: {}. Please report it; both answers are logged at DEBUG.",
                difference,
                entry.key().display());
        LOG.debug("the statement: {}", sample.question().sql());
        LOG.debug("the cache's answer: {}", () -> shown(fresh));
        LOG.debug("the server's answer: {}", () -> shown(upstream.rows()));
    }

    private static String shown(List<byte[]> rows) {
        StringBuilder text = new StringBuilder().append(rows.size()).append(" rows");
        for (byte[] row : rows.subList(0, Math.min(SHOWN_ROWS, rows.size()))) {
            text.append("; ");
            for (byte each : row) {
                if (each >= ' ' && each < 0x7f) {
                    text.append((char) each);
                } else {
                    text.append('.');
                }
            }
        }
        return text.toString();
    }
}
