package dev.sqlmem.session;

import dev.sqlmem.database.Database;
import dev.sqlmem.upstream.relay.RelayConnection;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Where a session stands. Each phase knows what a message means in it and which phases may follow:
 *
 * <pre>
 * Connecting → Authenticating → Starting → Conversation → Closed
 *                                        ↘ Tunnel       ↗
 * </pre>
 *
 * From each of them the way to Closed is open. Everything runs on the client's event loop, except for what
 * others may see. What a phase does not speak of cannot happen in it, or means nothing there: buffers are
 * released then.
 */
abstract sealed class Phase permits ConnectingPhase, UpstreamPhase, ClosedPhase {

    // ---- from the client

    /** Takes in a frame, or a piece of a large one; takes it over. */
    abstract void receive(Object message);

    /** No more to read for now: time to flush. */
    void readComplete() {}

    /** The client takes more, or no more. */
    void writabilityChanged() {}

    // ---- from the upstream

    /** The upstream connection stands. */
    void connected(RelayConnection connection) {
        connection.close();
    }

    /** Takes in a whole frame; takes it over, unless it throws a ProtocolException. */
    void frame(ByteBuf frame) {
        frame.release();
    }

    /** Takes in a FATAL error, the server's last word on the connection; takes it over. */
    void lastWord(ByteBuf frame) {
        frame(frame);
    }

    /** Takes in rows or COPY data, one frame or a part of one or many; takes the bytes over. */
    void rows(ByteBuf bytes) {
        bytes.release();
    }

    /** No more to read for now: time to flush. */
    void upstreamReadComplete() {}

    /** The upstream connection takes more, or no more. */
    void upstreamWritabilityChanged() {}

    /** The upstream connection is gone. */
    void upstreamClosed() {}

    // ---- from others, by way of the event loop

    /** Ends the session as soon as what it is doing has ended. */
    abstract void drain();

    /** Breaks off what is running; completes {@code done} when that has been acted upon. */
    void cancel(CompletableFuture<Void> done) {
        done.complete(null);
    }

    /** Completes with what the session would do with a statement. */
    void explain(String sql, CompletableFuture<List<List<String>>> result) {
        result.complete(List.of());
    }

    /**
     * Frees what the phase holds and lets go of the upstream connection; the last call.
     *
     * @return what to do when the upstream connection has ended, which may yet carry out what it was sent; null:
     *     nothing
     */
    @Nullable
    abstract Runnable end();

    // ---- for others to see, from any thread; as SessionInfo says

    abstract String state();

    String upstream() {
        return "";
    }

    @Nullable
    Database database() {
        return null;
    }

    long statements() {
        return 0;
    }
}
