package dev.sqlmem.testing;

import dev.sqlmem.server.Mode;
import dev.sqlmem.server.ProxyConfig;
import dev.sqlmem.server.ProxyServer;
import dev.sqlmem.server.StartupException;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** A running proxy in front of a PostgreSQL; closing it ends it. */
public interface ProxyUnderTest extends AutoCloseable {
    /** The loopback port that it listens on. */
    int port();

    /** What it had to say about its rules when it started. */
    List<String> warnings();

    @Override
    void close();

    /**
     * Starts a proxy on a free port of loopback.
     *
     * @param upstreamPort the port of the PostgreSQL on loopback, whose superuser {@code postgres}
     *     needs no password
     * @param database the database of the service account's URL
     */
    static ProxyUnderTest inFrontOf(int upstreamPort, String database, Mode mode) {
        return start(config(upstreamPort, database).mode(mode).build());
    }

    /** The configuration of {@link #inFrontOf}, for tests that add to it. */
    static ProxyConfig.Builder config(int upstreamPort, String database) {
        UpstreamUrl upstream = UpstreamUrl.parse("postgresql://postgres@127.0.0.1:" + upstreamPort + "/" + database);
        // A load on a busy machine may take long; no test wants to see that.
        return ProxyConfig.builder(upstream)
                .listen("127.0.0.1", 0)
                .fillWait(Duration.ofSeconds(20))
                .eventLoops(2);
    }

    /** Starts a proxy with a configuration of its own. */
    static ProxyUnderTest start(ProxyConfig config) {
        return start(config, InstantSource.system());
    }

    /** The same with a clock by which tables grow old. */
    static ProxyUnderTest start(ProxyConfig config, InstantSource clock) {
        ProxyServer server;
        try {
            server = ProxyServer.start(config, clock);
        } catch (StartupException e) {
            throw new IllegalStateException(e);
        }
        return new ProxyUnderTest() {
            @Override
            public int port() {
                return server.address().getPort();
            }

            @Override
            public List<String> warnings() {
                return server.warnings();
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }
}
