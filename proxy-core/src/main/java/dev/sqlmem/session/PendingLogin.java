package dev.sqlmem.session;

import dev.sqlmem.wire.message.ProtocolException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * A login under way: what the client asks for, what it has sent ahead of the end, and how long it may take.
 * Owns the messages. Belongs to the event loop.
 */
final class PendingLogin {
    /** How much a client may send ahead of the end of its login. */
    private static final int MAX_EARLY = 1_000;

    private final Login terms;
    private final ScheduledFuture<?> timeLimit;
    private final ArrayDeque<Object> early = new ArrayDeque<>();

    /** {@code timeLimit} ends the session unless it is cancelled. */
    PendingLogin(Login terms, ScheduledFuture<?> timeLimit) {
        this.terms = terms;
        this.timeLimit = timeLimit;
    }

    Login terms() {
        return terms;
    }

    /** Keeps a message for what comes after the login; takes it over. */
    void keep(Object message) {
        if (early.size() == MAX_EARLY) {
            ReferenceCountUtil.release(message);
            throw new ProtocolException("too many messages before the end of the login");
        }
        early.add(message);
    }

    /** The client has logged in: from now on its time is its own. */
    void succeeded() {
        timeLimit.cancel(false);
    }

    /** Hands over what was kept, in order. */
    void replay(Consumer<Object> to) {
        while (!early.isEmpty()) {
            to.accept(early.remove());
        }
    }

    /** Frees everything. */
    void close() {
        timeLimit.cancel(false);
        replay(ReferenceCountUtil::release);
    }
}
