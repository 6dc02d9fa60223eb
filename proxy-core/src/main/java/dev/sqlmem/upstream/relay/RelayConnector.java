package dev.sqlmem.upstream.relay;

import dev.sqlmem.upstream.url.HostPort;
import dev.sqlmem.upstream.url.SslMode;
import dev.sqlmem.upstream.url.UpstreamUrl;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Opens upstream connections for clients: the URL's hosts in turn, encrypted by its {@code sslmode}.
 * Thread-safe.
 */
public final class RelayConnector {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int SSL_REQUEST_LENGTH = 8;
    private static final int SSL_REQUEST_CODE = 80877103;

    private final UpstreamUrl url;
    private final Class<? extends Channel> channelType;
    private final @Nullable RelayTls tls;

    /** Creates a connector; reads the certificates that the URL names. */
    public RelayConnector(UpstreamUrl url, Class<? extends Channel> channelType) throws IOException {
        this.url = url;
        this.channelType = channelType;
        if (url.sslMode() == SslMode.DISABLE) {
            this.tls = null;
        } else {
            this.tls = new RelayTls(url);
        }
    }

    /** Connects on the client's event loop; the listener hears how it went. */
    public void connect(EventLoop loop, RelayListener listener) {
        // Not at once: among the events that the loop is working through, there may be one for a socket just
        // closed, whose number the new one would get, and the event with it.
        loop.execute(() -> connect(loop, listener, 0));
    }

    /** Opens a bare connection to the first host that answers, for a CancelRequest of the given bytes. */
    public void sendCancel(EventLoop loop, ByteBuf request, Runnable done) {
        RelayListener canceller = new CancelListener(request, done);
        connect(loop, canceller);
    }

    private void connect(EventLoop loop, RelayListener listener, int index) {
        List<HostPort> hosts = url.hosts();
        HostPort host = hosts.get(index);
        Bootstrap bootstrap = new Bootstrap()
                .group(loop)
                .channel(channelType)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(64 * 1024, 256 * 1024))
                .handler(new ChannelInboundHandlerAdapter());
        ChannelFuture connecting = bootstrap.connect(new InetSocketAddress(host.host(), host.port()));
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                opened(connecting.channel(), host, listener);
            } else if (index + 1 < hosts.size()) {
                connect(loop, listener, index + 1);
            } else {
                listener.upstreamUnreachable(done.cause());
            }
        });
    }

    private void opened(Channel channel, HostPort host, RelayListener listener) {
        if (tls == null) {
            listener.upstreamConnected(new RelayConnection(channel, listener, false));
            return;
        }
        channel.pipeline().addLast(new SslAnswer(tls, host, listener));
        ByteBuf request = channel.alloc().buffer(SSL_REQUEST_LENGTH);
        channel.writeAndFlush(request.writeInt(SSL_REQUEST_LENGTH).writeInt(SSL_REQUEST_CODE));
    }

    /** Waits for the one byte that answers an SSLRequest. */
    private static final class SslAnswer extends ChannelInboundHandlerAdapter {
        private final RelayTls tls;
        private final HostPort host;
        private final RelayListener listener;
        private boolean answered;

        SslAnswer(RelayTls tls, HostPort host, RelayListener listener) {
            this.tls = tls;
            this.host = host;
            this.listener = listener;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf answer = (ByteBuf) message;
            byte code = 0;
            if (!answered && answer.readableBytes() == 1) {
                code = answer.readByte();
            }
            answer.release();
            answered = true;
            if (code == 'S') {
                handshake(context);
            } else if (code == 'N' && !tls.required()) {
                context.pipeline().remove(this);
                listener.upstreamConnected(new RelayConnection(context.channel(), listener, false));
            } else {
                fail(context, new IOException("the upstream server does not offer TLS, but sslmode asks for it"));
            }
        }

        private void handshake(ChannelHandlerContext context) {
            SslHandler handler = tls.handler(context.alloc(), host);
            context.pipeline().addFirst(handler);
            handler.handshakeFuture().addListener(done -> {
                if (!done.isSuccess()) {
                    fail(context, done.cause());
                    return;
                }
                context.pipeline().remove(this);
                listener.upstreamConnected(new RelayConnection(context.channel(), listener, true));
            });
        }

        private void fail(ChannelHandlerContext context, Throwable cause) {
            context.pipeline().remove(this);
            context.close();
            listener.upstreamUnreachable(cause);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            listener.upstreamUnreachable(new IOException("the upstream server closed the connection"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (!(cause instanceof javax.net.ssl.SSLException)
                    && !(cause instanceof io.netty.handler.codec.DecoderException)) {
                context.close();
            } // a failed handshake is told by its future
        }
    }
}
