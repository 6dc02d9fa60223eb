package dev.sqlmem;

import dev.sqlmem.rules.Freshness;
import dev.sqlmem.rules.TableRule;
import dev.sqlmem.server.Mode;
import dev.sqlmem.server.ProxyConfig;
import dev.sqlmem.server.StartupException;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a {@link SqlMem} is started with. Each method says the same as the command line's flag of its
 * name and throws IllegalArgumentException where the value is malformed. What is not said has the command line's
 * default, but for three: any free port of the loopback address, no file, no status page. Not thread-safe.
 */
public final class SqlMemBuilder {
    private final List<Consumer<ProxyConfig.Builder>> said = new ArrayList<>();
    private final List<TableRule> rules = new ArrayList<>();
    private @Nullable UpstreamUrl upstream;

    SqlMemBuilder() {
        listen(0);
    }

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
        return say(config -> config.listen(onHost, onPort));
    }

    /** What to do with what is not for the cache; {@link Mode#READ_ONLY} unless told otherwise. */
    public SqlMemBuilder mode(Mode value) {
        return say(config -> config.mode(value));
    }

    /** What all cached tables may take together, in bytes; a quarter of the machine's memory unless told otherwise. */
    public SqlMemBuilder memoryLimit(long bytes) {
        return say(config -> config.memoryLimitBytes(bytes));
    }

    /** How long a statement waits for the load that it causes before it is relayed; 200 ms unless told otherwise. */
    public SqlMemBuilder fillWait(Duration value) {
        return say(config -> config.fillWait(value));
    }

    /** How long {@link SqlMem#close} waits for running statements; 5 s unless told otherwise. */
    public SqlMemBuilder drainLimit(Duration value) {
        return say(config -> config.drainLimit(value));
    }

    /** The file that keeps the cache across restarts; written by {@link SqlMem#close} too. None unless told otherwise. */
    public SqlMemBuilder cacheDb(Path file) {
        return say(config -> config.cacheDb(file));
    }

    /** {@code manual}, the default, or {@code ttl:30s}. */
    public SqlMemBuilder freshness(String rule) {
        Freshness value = Freshness.parse(rule);
        return say(config -> config.freshness(value));
    }

    /** A rule for one table, such as {@code orders:ttl=5s} or {@code users:-password_hash}; may be called several times. */
    public SqlMemBuilder tableRule(String rule) {
        rules.add(TableRule.parse(rule));
        return say(config -> config.tableRules(rules));
    }

    private SqlMemBuilder say(Consumer<ProxyConfig.Builder> setting) {
        said.add(setting);
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
        ProxyConfig.Builder config = ProxyConfig.builder(upstream);
        said.forEach(each -> each.accept(config));
        return SqlMem.start(config.build());
    }
}
