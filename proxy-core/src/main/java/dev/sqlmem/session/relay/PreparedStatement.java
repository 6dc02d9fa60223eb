package dev.sqlmem.session.relay;

import dev.sqlmem.plan.PlanSpace;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.plan.TranslatedQuery;
import dev.sqlmem.session.decision.Decision.Relay;
import dev.sqlmem.sql.classify.Classification;
import dev.sqlmem.sql.classify.StatementKind;
import dev.sqlmem.sql.shape.HeldLiterals;
import dev.sqlmem.wire.message.ParseView;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A statement that the client has parsed. The upstream server may not have heard of it yet: it sees a
 * Parse only when something must run there.
 */
public final class PreparedStatement {
    public final String name;

    /** Its Parse message. */
    public final byte[] parse;

    public final Classification classification;
    public final HeldLiterals literals;
    public final List<Integer> declared;

    /** Whether the upstream server knows it (or will, once it has read what was sent). */
    public boolean upstream;

    /** Whether a Close of it is on its way. */
    public boolean closing;

    /** Whether it is no more, or never was. */
    boolean gone;

    /** The batch in which its Parse was sent, as long as the server has not answered that; else 0. */
    public long pendingIn;

    /** The statement whose name it takes, as long as the server has not said so. */
    @Nullable
    PreparedStatement before;

    /** What is known of its shape, in the plan space that it was last looked up in. */
    @Nullable
    public ShapeEntry entry;

    @Nullable
    public PlanSpace space;

    /** What the client was last told of its result; null as long as it was told nothing. */
    @Nullable
    public TranslatedQuery told;

    private @Nullable Relay because;
    private long becauseIn;

    public PreparedStatement(
            String name, byte[] parse, Classification classification, HeldLiterals literals, List<Integer> declared) {
        this.name = name;
        this.parse = parse;
        this.classification = classification;
        this.literals = literals;
        this.declared = declared;
    }

    /** Whether the cache may be able to answer it. */
    public boolean isCandidate() {
        return entry != null && classification.kind() == StatementKind.SELECT && !classification.multi();
    }

    /** Notes why its Parse goes upstream in this batch, where the cache was asked about it. */
    public void parsedUpstream(@Nullable Relay why, long batch) {
        because = why;
        becauseIn = batch;
    }

    /** Why its Parse went upstream in this batch; null where it did not, or the cache was not asked. */
    @Nullable
    public Relay becauseIn(long batch) {
        if (becauseIn == batch) {
            return because;
        }
        return null;
    }

    /** The text of the query. */
    String text() {
        ParseView view = new ParseView();
        view.read(Unpooled.wrappedBuffer(parse));
        return view.query();
    }

    /** Its shape for people, empty where it has none. */
    public String shape() {
        ShapeEntry known = entry;
        if (known == null) {
            return "";
        }
        return known.key().display();
    }

    /** Whether it is about the proxy's own tables. */
    public boolean isLocal() {
        return classification.kind() == StatementKind.LOCAL;
    }
}
