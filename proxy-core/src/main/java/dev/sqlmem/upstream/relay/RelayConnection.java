package dev.sqlmem.upstream.relay;

import dev.sqlmem.wire.codec.FrameChunk;
import dev.sqlmem.wire.codec.FrameDecoder;
import dev.sqlmem.wire.codec.FrameRun;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;

/**
 * A client's own upstream session: raw frames both ways, on the client's event loop.
 *
 * <p>{@link RelayConnector} opens it. Buffers given to {@link #write} are released by it.
 */
public final class RelayConnection {
    private final Channel channel;
    private final RelayListener listener;
    private final boolean encrypted;

    RelayConnection(Channel channel, RelayListener listener, boolean encrypted) {
        this.channel = channel;
        this.listener = listener;
        this.encrypted = encrypted;
        channel.pipeline().addLast(FrameDecoder.backend(Integer.MAX_VALUE), new Inbound());
    }

    /** Whether this leg is encrypted. */
    public boolean encrypted() {
        return encrypted;
    }

    /** Queues bytes; {@link #flush} sends them. */
    public void write(ByteBuf frames) {
        channel.write(frames, channel.voidPromise());
    }

    public void flush() {
        channel.flush();
    }

    /** Whether it is not closed yet. */
    public boolean isOpen() {
        return channel.isOpen();
    }

    public boolean isWritable() {
        return channel.isWritable();
    }

    /** Stops or resumes reading, so that a slow client holds the server back. */
    public void reading(boolean on) {
        reading(channel, on);
    }

    /** The same for any channel, on its event loop. */
    public static void reading(Channel channel, boolean on) {
        if (channel.isOpen()) { // the number of a closed socket may be another's by now
            channel.config().setAutoRead(on);
        }
    }

    /** Where it leads, for people. */
    public String address() {
        return String.valueOf(channel.remoteAddress());
    }

    public void close() {
        channel.close();
    }

    /** Says that nothing more will be sent, so that the server closes when it has ended what it is doing. */
    public void endOutput() {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound();
        } else {
            ((DuplexChannel) channel).shutdownOutput();
        }
    }

    /** Hands what the decoder cuts to the listener. */
    private final class Inbound extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof FrameRun run) {
                listener.upstreamRun(run);
            } else if (message instanceof ByteBuf frame) {
                listener.upstreamFrame(frame);
            } else if (message instanceof FrameChunk chunk) {
                listener.upstreamChunk(chunk);
            } else {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            listener.upstreamReadComplete();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            listener.upstreamWritabilityChanged();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            listener.upstreamClosed();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close(); // channelInactive tells the listener
        }
    }
}
