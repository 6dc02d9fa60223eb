package dev.sqlmem.session.relay;

import dev.sqlmem.wire.message.Bind;
import dev.sqlmem.wire.message.Close;
import dev.sqlmem.wire.message.Execute;
import dev.sqlmem.wire.message.Frame;
import dev.sqlmem.wire.message.Parse;
import dev.sqlmem.wire.message.Sync;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages that the proxy sends upstream by itself, so that the server is in the state that it would
 * be in, had it seen what was answered here. The client never sees their answers. Belongs to the event loop.
 */
public final class InjectedMessages {
    private static final String UNSEEN = "sqlmem unseen";

    private final RelayLeg leg;
    private final Registry registry;
    private boolean entered;

    public InjectedMessages(RelayLeg leg, Registry registry) {
        this.leg = leg;
        this.registry = registry;
    }

    /** Makes sure that the server knows the statement before it is bound or described there. */
    public void ensureParsed(PreparedStatement statement) {
        boolean known;
        if (statement.name.isEmpty()) {
            known = leg.unnamed() == statement;
        } else {
            known = statement.upstream;
        }
        if (!known) {
            leg.send(
                    Unpooled.wrappedBuffer(statement.parse),
                    PendingResponse.parseAgain(carriedOut -> leg.unparsed(statement)));
            leg.parsed(statement);
        }
    }

    /**
     * Makes the transaction that follows within the batch read-only, and the session with it: a function
     * may have switched the session to read-write before the last one ended.
     */
    public void pinInBatch() {
        unseen("SET default_transaction_read_only = on");
        unseen("SET transaction_read_only = on");
    }

    /** Puts the server into the state that it would be in, had it executed what was answered here. */
    public void enterBatch() {
        entered = true;
        unseen("SELECT");
    }

    /**
     * Fails the transaction block upstream as well, after an error of the proxy's own. Ends the batch; the
     * client hears the ReadyForQuery.
     */
    public void abortBlock() {
        ByteBuf frames = Unpooled.buffer();
        new Parse(UNSEEN, "sqlmem: the client was told of an error", List.of()).encode(frames);
        Sync.INSTANCE.encode(frames);
        entered = false;
        leg.endBatch(frames, PendingResponse.ABORT);
    }

    /** Makes sure that the server has no unnamed statement that is none any more for the client. */
    public void closeUnnamed() {
        ByteBuf frame = Unpooled.buffer();
        new Close(Close.STATEMENT, "").encode(frame);
        leg.send(frame, PendingResponse.CLOSE_UNSEEN);
        leg.unnamed(null);
    }

    private void unseen(String sql) {
        ByteBuf frames = Unpooled.buffer();
        new Parse(UNSEEN, sql, List.of()).encode(frames);
        new Bind(UNSEEN, UNSEEN, List.of(), List.of(), List.of()).encode(frames);
        new Execute(UNSEEN, 0).encode(frames);
        new Close(Close.PORTAL, UNSEEN).encode(frames);
        new Close(Close.STATEMENT, UNSEEN).encode(frames);
        leg.send(
                frames,
                List.of(
                        PendingResponse.PARSE_UNSEEN,
                        PendingResponse.BIND_AGAIN,
                        PendingResponse.EXECUTE_UNSEEN,
                        PendingResponse.CLOSE_UNSEEN,
                        PendingResponse.CLOSE_UNSEEN));
    }

    /**
     * Gives the server the cache's portals as far as they were read, since SQL is about to speak of them or
     * to end some of them. Outside of a batch only while nothing is owed, and named ones only.
     */
    void introducePortals(boolean inBatch) {
        for (Portal portal : registry.portals()) {
            PreparedStatement statement = portal.statement;
            if (portal.isCached() && (inBatch || !portal.name.isEmpty()) && statement != null && !statement.isLocal()) {
                introduce(portal, statement);
                if (!inBatch) {
                    ByteBuf sync = Unpooled.buffer(Frame.HEADER);
                    Sync.INSTANCE.encode(sync);
                    leg.endOwnBatch(sync, PendingResponse.INTRODUCE);
                }
            }
        }
    }

    /**
     * Makes a portal of the cache one of the server's. Its statement goes there under a name of the proxy's
     * own: the client may have closed or replaced it since.
     */
    public void introduce(Portal portal, PreparedStatement statement) {
        ByteBuf frames = Unpooled.buffer();
        new Parse(UNSEEN, statement.text(), statement.declared).encode(frames);
        portal.bindTo(UNSEEN, frames);
        new Close(Close.STATEMENT, UNSEEN).encode(frames);
        List<PendingResponse> answers = new ArrayList<>(
                List.of(PendingResponse.PARSE_UNSEEN, PendingResponse.BIND_AGAIN, PendingResponse.CLOSE_UNSEEN));
        if (portal.rowsSent() > 0) {
            new Execute(portal.name, (int) portal.rowsSent()).encode(frames);
            answers.add(PendingResponse.EXECUTE_UNSEEN);
        }
        leg.send(frames, answers);
        registry.add(Portal.upstream(portal.name, statement));
    }

    /**
     * Tells the server of all named statements that it does not know yet, since SQL is about to speak of
     * them. What it answers stays here. Only while nothing is owed and no batch is open.
     */
    void introduceAll() {
        for (PreparedStatement statement : registry.statements()) {
            if (!statement.upstream && !statement.name.isEmpty() && !statement.isLocal()) {
                ByteBuf frames = Unpooled.buffer(statement.parse.length + Frame.HEADER);
                frames.writeBytes(statement.parse);
                Sync.INSTANCE.encode(frames);
                leg.endOwnBatch(frames, PendingResponse.introduce(carriedOut -> leg.unparsed(statement)));
                statement.upstream = true;
            }
        }
    }

    /** Comes before the client's Sync. */
    public void beforeSync() {
        if (entered) {
            // PostgreSQL does not end the transaction at a Sync right behind a simple query
            entered = false;
            unseen("SELECT");
        }
    }
}
