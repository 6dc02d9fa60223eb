package dev.sqlmem.server;

import dev.sqlmem.settings.Flag;
import dev.sqlmem.settings.ListenAddress;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import java.util.function.Supplier;

/** Listens for clients. */
final class Listener {
    private static final int BACKLOG = 1_024;

    /** A client that reads slower than this holds up its own session only. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    private Listener() {}

    /**
     * Binds the address.
     *
     * @param handlers makes the first handler of each connection
     * @throws StartupException when the address cannot be bound; says what to check
     */
    static Channel bind(ListenAddress address, Threads threads, Supplier<StartupHandler> handlers)
            throws StartupException {
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(threads.acceptor(), threads.eventLoops())
                .channel(threads.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        handlers.get().install(channel);
                    }
                });
        ChannelFuture bound = bootstrap.bind(address.socketAddress()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new StartupException(
                    "cannot listen on " + address.bindHost() + ":" + address.port() + ": "
                            + BindAdvice.of(bound.cause(), Flag.LISTEN.option()),
                    bound.cause());
        }
        return bound.channel();
    }
}
