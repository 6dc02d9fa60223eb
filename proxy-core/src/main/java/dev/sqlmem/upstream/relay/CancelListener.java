package dev.sqlmem.upstream.relay;

import dev.sqlmem.wire.codec.FrameChunk;
import dev.sqlmem.wire.codec.FrameRun;
import io.netty.buffer.ByteBuf;

/** Sends one CancelRequest and waits until the server closes: then it has been acted upon. */
final class CancelListener implements RelayListener {
    private final ByteBuf request;
    private final Runnable done;

    CancelListener(ByteBuf request, Runnable done) {
        this.request = request;
        this.done = done;
    }

    @Override
    public void upstreamConnected(RelayConnection connection) {
        connection.write(request);
        connection.flush();
    }

    @Override
    public void upstreamUnreachable(Throwable cause) {
        request.release();
        done.run();
    }

    @Override
    public void upstreamFrame(ByteBuf frame) {
        frame.release();
    }

    @Override
    public void upstreamRun(FrameRun run) {
        run.content().release();
    }

    @Override
    public void upstreamChunk(FrameChunk chunk) {
        chunk.content().release();
    }

    @Override
    public void upstreamReadComplete() {}

    @Override
    public void upstreamWritabilityChanged() {}

    @Override
    public void upstreamClosed() {
        done.run();
    }
}
