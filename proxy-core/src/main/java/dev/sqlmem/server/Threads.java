package dev.sqlmem.server;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The threads of a proxy: event loops (epoll where there is, NIO elsewhere) that read and answer, workers
 * for statements that may take long, askers for questions to the upstream, loaders for tables, a watcher.
 */
final class Threads implements AutoCloseable {
    private static final int ASKERS = 4;
    private static final int LOADERS = 2;
    private static final int STOP_SECONDS = 5;

    private final boolean epoll = Epoll.isAvailable();
    private final EventLoopGroup acceptor;
    private final EventLoopGroup eventLoops;
    private final Map<EventExecutor, Integer> slots = new HashMap<>();
    private final ExecutorService workers;
    private final ExecutorService askers;
    private final ExecutorService loaders;
    private final ScheduledExecutorService watcher;

    Threads(int loops) {
        IoHandlerFactory io;
        if (epoll) {
            io = EpollIoHandler.newFactory();
        } else {
            io = NioIoHandler.newFactory();
        }
        eventLoops = new MultiThreadIoEventLoopGroup(loops, new DefaultThreadFactory("sqlmem-loop", true), io);
        // A loop that accepts could give a client the descriptor of one that it has closed just before, and
        // Netty would give the new client the events that epoll had reported of the old one.
        acceptor = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("sqlmem-acceptor", true), io);
        int slot = 0;
        for (EventExecutor loop : eventLoops) {
            slots.put(loop, slot++);
        }
        int processors = Math.max(2, Runtime.getRuntime().availableProcessors());
        workers = Executors.newFixedThreadPool(processors, new DefaultThreadFactory("sqlmem-worker", true));
        askers = Executors.newFixedThreadPool(ASKERS, new DefaultThreadFactory("sqlmem-asker", true));
        loaders = Executors.newFixedThreadPool(LOADERS, new DefaultThreadFactory("sqlmem-loader", true));
        watcher = Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("sqlmem-watcher", true));
    }

    EventLoopGroup acceptor() {
        return acceptor;
    }

    EventLoopGroup eventLoops() {
        return eventLoops;
    }

    /** The number of an event loop, which names its readers in a generation. */
    int slot(EventLoop loop) {
        Integer slot = slots.get(loop);
        if (slot == null) {
            throw new IllegalArgumentException("a foreign event loop");
        }
        return slot;
    }

    Class<? extends ServerChannel> serverChannel() {
        if (epoll) {
            return EpollServerSocketChannel.class;
        }
        return NioServerSocketChannel.class;
    }

    Class<? extends Channel> clientChannel() {
        if (epoll) {
            return EpollSocketChannel.class;
        }
        return NioSocketChannel.class;
    }

    ExecutorService workers() {
        return workers;
    }

    ExecutorService askers() {
        return askers;
    }

    ExecutorService loaders() {
        return loaders;
    }

    ScheduledExecutorService watcher() {
        return watcher;
    }

    @Override
    public void close() {
        watcher.shutdownNow();
        askers.shutdownNow();
        loaders.shutdownNow();
        workers.shutdown();
        await(workers);
        acceptor.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
        eventLoops.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
        await(askers);
        await(loaders);
    }

    private static void await(ExecutorService executor) {
        try {
            if (!executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
