package dev.sqlmem.session;

import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * The session has ended, or will have as soon as the client's connection is closed: whatever comes yet is
 * dropped. The upstream connection may outlive it, with writes that are under way.
 */
final class ClosedPhase extends Phase {
    private @Nullable Runnable afterUpstream;

    /** Ends the phase before; what it leaves behind is seen to when the upstream connection has ended. */
    void follow(Phase before) {
        afterUpstream = before.end();
    }

    @Override
    void receive(Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    void upstreamClosed() {
        Runnable then = afterUpstream;
        if (then != null) {
            then.run();
        }
    }

    @Override
    void drain() {}

    @Override
    @Nullable
    Runnable end() {
        return null;
    }

    @Override
    String state() {
        return "closing";
    }
}
