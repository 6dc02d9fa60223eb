package dev.sqlmem.server;

import dev.sqlmem.rules.TableRules;
import dev.sqlmem.settings.Setting;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy is started with.
 *
 * @param upstream the server behind the proxy, with the service account
 * @param listenHost where to listen
 * @param listenPort the port, 0 for any free one
 * @param mode what to do with statements that are not for the cache
 * @param tlsCert the certificate chain (PEM) for clients, null: no TLS
 * @param tlsKey its private key (PEM), null: no TLS
 * @param memoryLimitBytes what all cached tables may take together
 * @param fillWait how long a statement waits for a plan or a load before it is relayed
 * @param eventLoops how many threads read and answer
 * @param drainLimit how long a stop waits for running statements
 * @param rules how old cached tables may be and what of them may be kept
 * @param http where the status page listens, null: nowhere
 * @param cacheDb the file that keeps the cache across restarts, null: none
 * @param backupInterval how often that file is written, zero: at the stop and on demand only
 * @param verifyRate which share of the cache's answers is asked upstream as well and compared, 0 to 1
 * @param settings the configuration as {@code sqlmem.settings} shows it
 */
public record ProxyConfig(
        UpstreamUrl upstream,
        String listenHost,
        int listenPort,
        Mode mode,
        @Nullable Path tlsCert,
        @Nullable Path tlsKey,
        long memoryLimitBytes,
        Duration fillWait,
        int eventLoops,
        Duration drainLimit,
        TableRules rules,
        @Nullable InetSocketAddress http,
        @Nullable Path cacheDb,
        Duration backupInterval,
        double verifyRate,
        List<Setting> settings) {

    public ProxyConfig {
        settings = List.copyOf(settings);
        if ((tlsCert == null) != (tlsKey == null)) {
            throw new IllegalArgumentException("a certificate and its key go together");
        }
        if (!(verifyRate >= 0 && verifyRate <= 1)) {
            throw new IllegalArgumentException("a share to verify is between 0 and 1");
        }
        if (memoryLimitBytes < 0
                || fillWait.isNegative()
                || drainLimit.isNegative()
                || backupInterval.isNegative()
                || eventLoops < 1) {
            throw new IllegalArgumentException("negative limits, or no event loop");
        }
    }

    /** Starts from the defaults. */
    public static Builder builder(UpstreamUrl upstream) {
        return new Builder(upstream);
    }

    /** Collects what differs from the defaults. Not thread-safe. */
    public static final class Builder {
        private static final long DEFAULT_MEMORY = 1L << 30;

        private final UpstreamUrl upstream;
        private String listenHost = "127.0.0.1";
        private int listenPort = 6432;
        private Mode mode = Mode.READ_ONLY;
        private @Nullable Path tlsCert;
        private @Nullable Path tlsKey;
        private long memoryLimitBytes = DEFAULT_MEMORY;
        private Duration fillWait = Duration.ofMillis(200);
        private int eventLoops = defaultEventLoops();
        private Duration drainLimit = Duration.ofSeconds(10);
        private TableRules rules = TableRules.NONE;
        private @Nullable InetSocketAddress http;
        private @Nullable Path cacheDb;
        private Duration backupInterval = Duration.ofHours(1);
        private double verifyRate;
        private List<Setting> settings = List.of();

        private Builder(UpstreamUrl upstream) {
            this.upstream = upstream;
        }

        /** One for two processors, since the database and its clients often share the machine. */
        private static int defaultEventLoops() {
            return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        }

        public Builder listen(String host, int port) {
            listenHost = host;
            listenPort = port;
            return this;
        }

        public Builder mode(Mode value) {
            mode = value;
            return this;
        }

        public Builder tls(@Nullable Path cert, @Nullable Path key) {
            tlsCert = cert;
            tlsKey = key;
            return this;
        }

        public Builder memoryLimitBytes(long value) {
            memoryLimitBytes = value;
            return this;
        }

        public Builder fillWait(Duration value) {
            fillWait = value;
            return this;
        }

        public Builder eventLoops(int value) {
            eventLoops = value;
            return this;
        }

        public Builder drainLimit(Duration value) {
            drainLimit = value;
            return this;
        }

        public Builder rules(TableRules value) {
            rules = value;
            return this;
        }

        public Builder http(@Nullable InetSocketAddress value) {
            http = value;
            return this;
        }

        /** Keeps the cache in a file across restarts; null, the default: not. */
        public Builder cacheDb(@Nullable Path value) {
            cacheDb = value;
            return this;
        }

        public Builder backupInterval(Duration value) {
            backupInterval = value;
            return this;
        }

        public Builder verifyRate(double value) {
            verifyRate = value;
            return this;
        }

        public Builder settings(List<Setting> value) {
            settings = value;
            return this;
        }

        public ProxyConfig build() {
            return new ProxyConfig(
                    upstream,
                    listenHost,
                    listenPort,
                    mode,
                    tlsCert,
                    tlsKey,
                    memoryLimitBytes,
                    fillWait,
                    eventLoops,
                    drainLimit,
                    rules,
                    http,
                    cacheDb,
                    backupInterval,
                    verifyRate,
                    settings);
        }
    }
}
