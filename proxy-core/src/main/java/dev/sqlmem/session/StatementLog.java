package dev.sqlmem.session;

import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.answer.Answer;
import dev.sqlmem.sql.classify.Refusal;
import dev.sqlmem.sql.shape.Shape;
import java.util.ArrayDeque;
import java.util.Locale;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes a session's statements to the log at DEBUG, each with its route, the reason and the time it took.
 * What is written is the shape, so no literal and no parameter is in the log. Belongs to the event loop.
 *
 * <p>While the level is off, an answer from the cache costs one question, {@link #isOn}.
 */
final class StatementLog {
    private static final Logger LOG = LogManager.getLogger(StatementLog.class);
    private static final int LONGEST_SHAPE = 2_000;

    /** Stands for a statement that was sent while the level was off. */
    private static final Sent UNSEEN = new Sent("", "", 0);

    private final SessionInfo session;
    private final ArrayDeque<Sent> sent = new ArrayDeque<>();

    /** A statement that the upstream is working on. */
    private record Sent(String shape, String because, long since) {}

    StatementLog(SessionInfo session) {
        this.session = session;
    }

    /** Whether statements are written at all. */
    static boolean isOn() {
        return LOG.isDebugEnabled();
    }

    /** An answer of the proxy's own has been sent. */
    void answered(Answer answer, @Nullable ShapeEntry entry, long rows) {
        String what;
        if (answer.isLocal()) {
            what = "local";
        } else if (answer.isMiss()) {
            what = "serve, miss";
        } else {
            what = "serve, hit";
        }
        String shape;
        if (entry == null) {
            shape = "(more rows of a portal)";
        } else {
            shape = entry.key().display();
        }
        write(what + ", " + rows + (rows == 1 ? " row" : " rows"), answer.elapsedNanos(), shape);
    }

    /** A statement was refused. */
    void refused(Refusal refusal, @Nullable ShapeEntry entry) {
        LOG.debug(
                "session {} ({}): refuse, {}: {}",
                session.pid(),
                session.role(),
                refusal.message(),
                entry == null ? "" : shortened(entry.key().display()));
    }

    /** A statement goes upstream; {@link #ended} follows in the order of these calls. */
    void relayed(String shape, String because) {
        sent.add(isOn() ? new Sent(shape, because, System.nanoTime()) : UNSEEN);
    }

    /** Its answer is complete, or will never come. */
    @SuppressWarnings("ReferenceEquality") // the one that stands for the unseen
    void ended() {
        Sent statement = sent.poll();
        if (statement != null && statement != UNSEEN) {
            write("relay, " + statement.because, System.nanoTime() - statement.since, statement.shape);
        }
    }

    /** The text that stands for a statement without an entry. */
    static String shape(Shape shape) {
        if (shape.malformed()) {
            return "(malformed)";
        }
        return shape.display();
    }

    private void write(String what, long nanos, String shape) {
        LOG.debug(
                "session {} ({}): {}, {} ms: {}",
                session.pid(),
                session.role(),
                what,
                String.format(Locale.ROOT, "%.3f", nanos / 1e6),
                shortened(shape));
    }

    private static String shortened(String shape) {
        if (shape.isEmpty()) {
            return "(not plannable)";
        }
        if (shape.length() <= LONGEST_SHAPE) {
            return shape;
        }
        return shape.substring(0, LONGEST_SHAPE) + "…";
    }
}
