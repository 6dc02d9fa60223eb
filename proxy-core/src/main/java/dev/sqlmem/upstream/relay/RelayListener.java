package dev.sqlmem.upstream.relay;

import dev.sqlmem.wire.codec.FrameChunk;
import dev.sqlmem.wire.codec.FrameRun;
import io.netty.buffer.ByteBuf;

/**
 * What a client's session hears of its upstream connection. Called on the connection's event loop; the
 * listener releases every buffer that it is given.
 */
public interface RelayListener {

    /** The connection stands, encrypted as the URL asks; nothing has been sent yet. */
    void upstreamConnected(RelayConnection connection);

    /** No host could be reached, or not in the way that the URL asks for. */
    void upstreamUnreachable(Throwable cause);

    /** One whole frame. */
    void upstreamFrame(ByteBuf frame);

    /** Frames of one tag, DataRow or CopyData. */
    void upstreamRun(FrameRun run);

    /** A piece of a large DataRow or CopyData. */
    void upstreamChunk(FrameChunk chunk);

    /** No more to read for now: time to flush. */
    void upstreamReadComplete();

    /** The connection takes more, or no more. */
    void upstreamWritabilityChanged();

    /** The connection is gone. */
    void upstreamClosed();
}
