package dev.sqlmem.server;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import javax.net.ssl.SSLException;

/**
 * A handshake within the process, which proves that a certificate and a key belong together: reading the
 * files does not, and clients would be the first to find out.
 */
final class TrialHandshake {
    /** A handshake takes a handful of flights. */
    private static final int MOST_FLIGHTS = 20;

    private TrialHandshake() {}

    /**
     * Shakes hands once.
     *
     * @throws SSLException when that fails
     */
    static void with(SslContext server) throws SSLException {
        SslContext anyone = SslContextBuilder.forClient()
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm("")
                .build();
        ByteBufAllocator allocator = UnpooledByteBufAllocator.DEFAULT;
        SslHandler near = server.newHandler(allocator);
        SslHandler far = anyone.newHandler(allocator);
        EmbeddedChannel here = new EmbeddedChannel(near);
        EmbeddedChannel there = new EmbeddedChannel(far);
        try {
            for (int i = 0; i < MOST_FLIGHTS && !near.handshakeFuture().isDone(); i++) {
                move(there, here);
                move(here, there);
            }
            if (!near.handshakeFuture().isSuccess()) {
                throw new SSLException("a handshake with them does not end");
            }
        } catch (DecoderException e) {
            throw new SSLException("a handshake with them fails", e.getCause());
        } finally {
            discard(here);
            discard(there);
        }
    }

    private static void discard(EmbeddedChannel channel) {
        channel.close();
        channel.releaseInbound();
        channel.releaseOutbound();
    }

    private static void move(EmbeddedChannel from, EmbeddedChannel to) {
        from.runPendingTasks();
        for (Object bytes = from.readOutbound(); bytes != null; bytes = from.readOutbound()) {
            to.writeInbound(bytes);
        }
    }
}
