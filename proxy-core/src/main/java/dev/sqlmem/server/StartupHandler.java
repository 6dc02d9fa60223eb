package dev.sqlmem.server;

import dev.sqlmem.session.Session;
import dev.sqlmem.session.Sessions;
import dev.sqlmem.wire.codec.DirectTls;
import dev.sqlmem.wire.codec.FrameDecoder;
import dev.sqlmem.wire.codec.StartupDecoder;
import dev.sqlmem.wire.message.CancelRequest;
import dev.sqlmem.wire.message.ErrorResponse;
import dev.sqlmem.wire.message.GSSENCRequest;
import dev.sqlmem.wire.message.ProtocolException;
import dev.sqlmem.wire.message.SSLRequest;
import dev.sqlmem.wire.message.StartupMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The first packets of a connection: encryption, cancellation, start-up (manual, "Message Flow").
 * Replaces itself by a {@link Session}.
 */
final class StartupHandler extends ChannelInboundHandlerAdapter {
    private static final int SECONDS = 60;

    /** libpq sends nothing larger before it has logged in. */
    private static final String DECODER = "startup";

    private final @Nullable ClientTls tls;
    private final Sessions sessions;
    private final BiFunction<Channel, StartupMessage, Session> open;
    private io.netty.util.concurrent.@Nullable ScheduledFuture<?> timeLimit;
    private boolean direct;

    StartupHandler(@Nullable ClientTls tls, Sessions sessions, BiFunction<Channel, StartupMessage, Session> open) {
        this.tls = tls;
        this.sessions = sessions;
        this.open = open;
    }

    /** Puts decoder and handler into a new connection's pipeline. */
    void install(Channel channel) {
        channel.pipeline().addLast(DECODER, StartupDecoder.plain()).addLast(this);
        timeLimit = channel.eventLoop().schedule(() -> channel.close(), SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof SSLRequest) {
            encryption(context);
        } else if (message instanceof GSSENCRequest) {
            answer(context, 'N');
        } else if (message instanceof DirectTls) {
            directTls(context);
        } else if (message instanceof CancelRequest cancel) {
            sessions.cancel(cancel.pid(), cancel.key()).whenComplete((done, failure) -> context.close());
        } else if (message instanceof StartupMessage startup) {
            startup(context, startup);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void encryption(ChannelHandlerContext context) {
        if (tls == null) {
            answer(context, 'N');
        } else if (decoder(context).bufferedBytes() > 0) {
            context.close(); // sent in the clear by whoever wants it taken for encrypted
        } else {
            SslHandler handler = tls.handler(context.alloc(), false);
            answer(context, 'S');
            context.pipeline().addFirst(handler);
            context.pipeline().replace(DECODER, DECODER, StartupDecoder.encrypted());
        }
    }

    private void directTls(ChannelHandlerContext context) {
        if (tls == null) {
            context.close();
            return;
        }
        direct = true;
        StartupDecoder plain = decoder(context);
        SslHandler handler = tls.handler(context.alloc(), true);
        context.pipeline().addAfter(DECODER, "encrypted", StartupDecoder.encrypted());
        context.pipeline().addAfter(DECODER, "tls", handler);
        context.pipeline().remove(plain);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (direct && event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
            SslHandler handler = context.pipeline().get(SslHandler.class);
            if (handler != null && !"postgresql".equals(handler.applicationProtocol())) {
                context.close(); // a browser, or an attack that crosses protocols
            }
        }
    }

    private static StartupDecoder decoder(ChannelHandlerContext context) {
        return context.pipeline().get(StartupDecoder.class);
    }

    private static void answer(ChannelHandlerContext context, char code) {
        ByteBuf byteOf = context.alloc().buffer(1).writeByte(code);
        context.writeAndFlush(byteOf);
    }

    private void startup(ChannelHandlerContext context, StartupMessage startup) {
        stopTimeLimit();
        Channel channel = context.channel();
        Session session = open.apply(channel, startup);
        channel.pipeline().replace(this, "session", session);
        channel.pipeline().replace(StartupDecoder.class, "frames", FrameDecoder.frontend(Integer.MAX_VALUE));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stopTimeLimit();
    }

    private void stopTimeLimit() {
        if (timeLimit != null) {
            timeLimit.cancel(false);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof ProtocolException violation) {
            ByteBuf out = context.alloc().buffer();
            ErrorResponse.of("FATAL", violation.sqlState(), String.valueOf(violation.getMessage()), null)
                    .encode(out);
            context.writeAndFlush(out).addListener(ChannelFutureListener.CLOSE);
        } else {
            context.close();
        }
    }
}
