package dev.sqlmem;

import dev.sqlmem.rules.Freshness;
import dev.sqlmem.rules.TableRule;
import dev.sqlmem.rules.TableRules;
import dev.sqlmem.server.Mode;
import dev.sqlmem.server.ProxyConfig;
import dev.sqlmem.server.StartupException;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a {@link SqlMem} is started with. Each method says the same as the command line's flag of its
 * name and throws IllegalArgumentException where the value is malformed. Not thread-safe.
 */
public final class SqlMemBuilder {
    private static final Duration DRAIN_LIMIT = Duration.ofSeconds(5);

    private @Nullable UpstreamUrl upstream;
    private String host = "127.0.0.1";
    private int port;
    private Mode mode = Mode.READ_ONLY;
    private @Nullable Long memoryLimit;
    private @Nullable Duration fillWait;
    private Duration drainLimit = DRAIN_LIMIT;
    private @Nullable Path cacheDb;
    private Freshness freshness = Freshness.MANUAL;
    private final List<TableRule> rules = new ArrayList<>();

    SqlMemBuilder() {}

    /** The server, as a libpq URL with the account that loads the tables. Required. */
    public SqlMemBuilder upstream(String url) {
        upstream = UpstreamUrl.parse(url);
        return this;
    }

    /** The port to listen on, on the loopback address; 0, the default, for any free one. */
    public SqlMemBuilder listen(int onPort) {
        return listen("127.0.0.1", onPort);
    }

    /** Where to listen. Other machines can read what passes on an address that they reach: there is no TLS here. */
    public SqlMemBuilder listen(String onHost, int onPort) {
        host = onHost;
        port = onPort;
        return this;
    }

    /** What to do with what is not for the cache; {@link Mode#READ_ONLY} unless told otherwise. */
    public SqlMemBuilder mode(Mode value) {
        mode = value;
        return this;
    }

    /** What all cached tables may take together, in bytes; 1 GiB unless told otherwise. */
    public SqlMemBuilder memoryLimit(long bytes) {
        memoryLimit = bytes;
        return this;
    }

    /** How long a statement waits for the load that it causes before it is relayed; 200 ms unless told otherwise. */
    public SqlMemBuilder fillWait(Duration value) {
        fillWait = value;
        return this;
    }

    /** How long {@link SqlMem#close} waits for running statements; 5 s unless told otherwise. */
    public SqlMemBuilder drainLimit(Duration value) {
        drainLimit = value;
        return this;
    }

    /** The file that keeps the cache across restarts; written by {@link SqlMem#close} too. None unless told otherwise. */
    public SqlMemBuilder cacheDb(Path file) {
        cacheDb = file;
        return this;
    }

    /** {@code manual}, the default, or {@code ttl:30s}. */
    public SqlMemBuilder freshness(String rule) {
        freshness = Freshness.parse(rule);
        return this;
    }

    /** A rule for one table, such as {@code orders:ttl=5s} or {@code users:-password_hash}; may be called several times. */
    public SqlMemBuilder tableRule(String rule) {
        rules.add(TableRule.parse(rule));
        return this;
    }

    /**
     * Starts the proxy: tries the upstream once, then listens.
     *
     * @throws StartupException if the upstream cannot be used or the port not be bound; says what to check
     * @throws IllegalStateException if no upstream was given
     */
    public SqlMem start() throws StartupException {
        if (upstream == null) {
            throw new IllegalStateException("no upstream: call upstream(\"postgresql://user:secret@host:5432/db\")");
        }
        ProxyConfig.Builder config = ProxyConfig.builder(upstream)
                .listen(host, port)
                .mode(mode)
                .drainLimit(drainLimit)
                .cacheDb(cacheDb)
                .rules(new TableRules(freshness, rules));
        if (memoryLimit != null) {
            config.memoryLimitBytes(memoryLimit);
        }
        if (fillWait != null) {
            config.fillWait(fillWait);
        }
        return SqlMem.start(config.build());
    }
}
