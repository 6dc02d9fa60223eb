package dev.sqlmem.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.cache.generation.MemoryBudget;
import dev.sqlmem.database.Databases;
import dev.sqlmem.rules.TableRules;
import dev.sqlmem.session.decision.ColdStarts;
import dev.sqlmem.session.metrics.Counters;
import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.RawClient;
import dev.sqlmem.testing.SharedPostgres;
import dev.sqlmem.upstream.relay.RelayConnector;
import dev.sqlmem.upstream.url.UpstreamUrl;
import dev.sqlmem.verify.Verifier;
import dev.sqlmem.wire.codec.FrameDecoder;
import dev.sqlmem.wire.codec.StartupDecoder;
import dev.sqlmem.wire.message.StartupMessage;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A session in which something fails that never should: here, no worker takes what it is given. */
class SessionFaultTest {
    private static final Queue<ByteBuf> RECEIVED = new ConcurrentLinkedQueue<>();

    private static String database;
    private static EventLoopGroup loop;
    private static ScheduledExecutorService askers;
    private static Databases databases;
    private static Channel listening;

    @BeforeAll
    static void start() throws Exception {
        database = SharedPostgres.createDatabase("faults");
        UpstreamUrl url =
                UpstreamUrl.parse("postgresql://postgres@127.0.0.1:" + SharedPostgres.port() + "/" + database);
        loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        askers = Executors.newScheduledThreadPool(2);
        databases = new Databases(
                url, TableRules.NONE, new MemoryBudget(1 << 24), askers, askers, askers, InstantSource.system(), null);
        SessionUpstream upstream = new SessionUpstream(databases, new RelayConnector(url, NioSocketChannel.class));
        Executor nobody = task -> {
            throw new RejectedExecutionException("no worker");
        };
        SessionContext context = new SessionContext(
                true,
                Duration.ofSeconds(20),
                nobody,
                new Counters(),
                (relation, argument, asker) -> CompletableFuture.failedFuture(new AssertionError("not planned")),
                new ColdStarts(),
                new Verifier(0, askers));
        Sessions sessions = new Sessions();
        listening = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(StartupDecoder.plain(), new Opening(context, sessions, upstream));
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
    }

    @AfterAll
    static void stop() {
        listening.close().awaitUninterruptibly();
        databases.close();
        askers.shutdownNow();
        loop.shutdownGracefully().awaitUninterruptibly();
    }

    static Stream<List<Frame>> messages() {
        return Stream.of(
                List.of(FrontendFrames.query("SELECT * FROM sqlmem.stats")),
                List.of(FrontendFrames.parse("", "SELECT * FROM sqlmem.stats")),
                List.of(FrontendFrames.query("SELECT * FROM sqlmem.stats"), FrontendFrames.query("SELECT 1")));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void endsWithAWordAboutItAndLosesNoFrame(List<Frame> sent) {
        RECEIVED.clear();
        int port = ((InetSocketAddress) listening.localAddress()).getPort();
        try (RawClient client = RawClient.connect(LoginRequest.to(port, database))) {
            client.send(sent);
            List<Frame> answer = client.readUntilReady();
            assertThat(answer).hasSize(2);
            assertThat(answer.get(0).toString()).contains("FATAL", "XX000");
            assertThat(answer.get(1).isEnd()).isTrue();
        }
        assertThat(RECEIVED).isNotEmpty();
        Await.until("all frames are freed", () -> RECEIVED.stream().allMatch(frame -> frame.refCnt() == 0));
    }

    /** Makes a session of a connection, as the proxy does, and keeps an eye on what the session is given. */
    private static final class Opening extends ChannelInboundHandlerAdapter {
        private final SessionContext context;
        private final Sessions sessions;
        private final SessionUpstream upstream;

        Opening(SessionContext context, Sessions sessions, SessionUpstream upstream) {
            this.context = context;
            this.sessions = sessions;
            this.upstream = upstream;
        }

        @Override
        public void channelRead(ChannelHandlerContext handler, Object message) {
            if (message instanceof StartupMessage startup) {
                Session session = new Session(context, sessions, upstream, handler.channel(), 0, startup);
                handler.pipeline().addLast(session);
                handler.pipeline().replace(StartupDecoder.class, "frames", FrameDecoder.frontend(Integer.MAX_VALUE));
            } else {
                RECEIVED.add((ByteBuf) message);
                handler.fireChannelRead(message);
            }
        }
    }
}
