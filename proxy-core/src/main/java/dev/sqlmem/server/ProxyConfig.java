package dev.sqlmem.server;

import dev.sqlmem.rules.Freshness;
import dev.sqlmem.rules.TableRule;
import dev.sqlmem.rules.TableRules;
import dev.sqlmem.settings.ConfigurationException;
import dev.sqlmem.settings.DataSize;
import dev.sqlmem.settings.Flag;
import dev.sqlmem.settings.ListenAddress;
import dev.sqlmem.settings.Setting;
import dev.sqlmem.settings.SettingTexts;
import dev.sqlmem.settings.Settings;
import dev.sqlmem.settings.SettingsReader;
import dev.sqlmem.settings.TimeSpan;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy is started with: {@link Flag}'s settings as values. Whoever starts one, the command line, the library,
 * the demo or a test, comes by {@link #read}, so that all have the same defaults.
 *
 * @param upstream the server behind the proxy, with the service account
 * @param listen where clients connect; port 0 for any free one
 * @param mode what to do with statements that are not for the cache
 * @param tlsCert the certificate chain (PEM) for clients, null: no TLS
 * @param tlsKey its private key (PEM), null: no TLS
 * @param memoryLimit what all cached tables may take together
 * @param fillWait how long a statement waits for a plan or a load before it is relayed
 * @param eventLoops how many threads read and answer
 * @param drainLimit how long a stop waits for running statements
 * @param rules how old cached tables may be and what of them may be kept
 * @param http where the status page listens, null: nowhere
 * @param cacheDb the file that keeps the cache across restarts, null: none
 * @param backupInterval how often that file is written, zero: at the stop and on demand only
 * @param verifyRate which share of the cache's answers is asked upstream as well and compared, 0 to 1
 * @param settings the same as texts, as {@code sqlmem.settings} shows them
 */
public record ProxyConfig(
        UpstreamUrl upstream,
        ListenAddress listen,
        Mode mode,
        @Nullable Path tlsCert,
        @Nullable Path tlsKey,
        DataSize memoryLimit,
        Duration fillWait,
        int eventLoops,
        Duration drainLimit,
        TableRules rules,
        @Nullable ListenAddress http,
        @Nullable Path cacheDb,
        Duration backupInterval,
        double verifyRate,
        List<Setting> settings) {
    private static final int MOST_EVENT_LOOPS = 1_024;

    public ProxyConfig {
        settings = List.copyOf(settings);
    }

    /**
     * Reads the settings of a proxy. Those that {@code reader} has read before are listed too.
     *
     * @throws ConfigurationException when one is missing, malformed or at odds with another
     */
    public static ProxyConfig read(SettingsReader reader) {
        return read(upstream(reader), reader);
    }

    private static ProxyConfig read(UpstreamUrl upstream, SettingsReader reader) {
        ListenAddress listen = reader.read(Flag.LISTEN, ListenAddress::parse);
        Mode mode = reader.read(Flag.MODE, Mode::parse);
        Path tlsCert = reader.readIfSaid(Flag.TLS_CERT, SettingTexts::readableFile);
        Path tlsKey = reader.readIfSaid(Flag.TLS_KEY, SettingTexts::readableFile);
        if ((tlsCert == null) != (tlsKey == null)) {
            throw new ConfigurationException("--tls-cert and --tls-key belong together: give both or neither");
        }
        DataSize memoryLimit = reader.read(Flag.MEMORY_LIMIT, DataSize::parse, DataSize.quarterOfMemory());
        Duration fillWait = reader.read(Flag.FILL_WAIT, text -> TimeSpan.parse(text, ChronoUnit.MILLIS));
        int eventLoops = reader.read(
                Flag.EVENT_LOOPS,
                text -> SettingTexts.wholeNumber(text, 1, MOST_EVENT_LOOPS),
                Runtime.getRuntime().availableProcessors());
        Duration drainLimit = reader.read(Flag.DRAIN_LIMIT, text -> TimeSpan.parse(text, ChronoUnit.SECONDS));
        double verifyRate = reader.read(Flag.VERIFY, SettingTexts::share);
        Path cacheDb = reader.read(Flag.CACHE_DB, SettingTexts::fileOrNone);
        Duration backupInterval = reader.read(Flag.BACKUP_INTERVAL, text -> TimeSpan.parse(text, ChronoUnit.SECONDS));
        TableRules rules = rules(reader);
        ListenAddress http = reader.read(Flag.HTTP, SettingTexts::addressOrOff);
        return new ProxyConfig(
                upstream,
                listen,
                mode,
                tlsCert,
                tlsKey,
                memoryLimit,
                fillWait,
                eventLoops,
                drainLimit,
                rules,
                http,
                cacheDb,
                backupInterval,
                verifyRate,
                reader.rows());
    }

    /**
     * The upstream alone.
     *
     * @throws ConfigurationException when it is missing or malformed
     */
    public static UpstreamUrl upstream(SettingsReader reader) {
        UpstreamUrl upstream = reader.readSecret(Flag.UPSTREAM, UpstreamUrl::parse);
        if (upstream == null) {
            throw new ConfigurationException(
                    "no upstream: say --upstream postgresql://user:secret@host:5432/db or set SQLMEM_UPSTREAM");
        }
        return upstream;
    }

    private static TableRules rules(SettingsReader reader) {
        Freshness freshness = reader.read(Flag.FRESHNESS, Freshness::parse);
        List<TableRule> rules = reader.read(Flag.TABLE, TableRules::parse);
        return new TableRules(freshness, rules);
    }

    /** For a proxy that a program starts. Where it says nothing else, no file is kept and there is no status page. */
    public static Builder builder(UpstreamUrl upstream) {
        return new Builder(upstream, "library");
    }

    /** The same, with another name for who has chosen the settings in {@code sqlmem.settings}. */
    public static Builder builder(UpstreamUrl upstream, String source) {
        return new Builder(upstream, source);
    }

    /**
     * Says settings as values. What the settings come to is read from their texts by {@link #read}, like those of the
     * command line. Not thread-safe.
     */
    public static final class Builder {
        private final UpstreamUrl upstream;
        private final String source;
        private Settings settings = Settings.DEFAULTS;

        private Builder(UpstreamUrl upstream, String source) {
            this.upstream = upstream;
            this.source = source;
            say(Flag.UPSTREAM, upstream.redacted());
            cacheDb(null);
            http(null);
        }

        public Builder listen(String host, int port) {
            return say(Flag.LISTEN, new ListenAddress(host, port).toString());
        }

        public Builder mode(Mode value) {
            return say(Flag.MODE, value.label());
        }

        public Builder tls(Path cert, Path key) {
            return say(Flag.TLS_CERT, cert.toString()).say(Flag.TLS_KEY, key.toString());
        }

        public Builder memoryLimitBytes(long value) {
            return say(Flag.MEMORY_LIMIT, new DataSize(value).exact());
        }

        public Builder fillWait(Duration value) {
            return say(Flag.FILL_WAIT, TimeSpan.format(value));
        }

        public Builder eventLoops(int value) {
            return say(Flag.EVENT_LOOPS, Integer.toString(value));
        }

        public Builder drainLimit(Duration value) {
            return say(Flag.DRAIN_LIMIT, TimeSpan.format(value));
        }

        public Builder rules(TableRules value) {
            return freshness(value.byDefault()).tableRules(value.rules());
        }

        public Builder freshness(Freshness value) {
            return say(Flag.FRESHNESS, value.toString());
        }

        public Builder tableRules(List<TableRule> value) {
            if (value.isEmpty()) {
                return say(Flag.TABLE, "none");
            }
            return say(Flag.TABLE, value.stream().map(TableRule::toString).collect(Collectors.joining("; ")));
        }

        public Builder http(@Nullable InetSocketAddress value) {
            if (value == null) {
                return say(Flag.HTTP, "off");
            }
            return say(Flag.HTTP, new ListenAddress(value.getHostString(), value.getPort()).toString());
        }

        /** Keeps the cache in a file across restarts; null, the default: not. */
        public Builder cacheDb(@Nullable Path value) {
            if (value == null) {
                return say(Flag.CACHE_DB, "none");
            }
            return say(Flag.CACHE_DB, value.toString());
        }

        public Builder backupInterval(Duration value) {
            return say(Flag.BACKUP_INTERVAL, TimeSpan.format(value));
        }

        public Builder verifyRate(double value) {
            return say(Flag.VERIFY, BigDecimal.valueOf(value).toPlainString());
        }

        private Builder say(Flag flag, String text) {
            settings = settings.with(flag, text, source);
            return this;
        }

        /**
         * Reads what was said.
         *
         * @throws ConfigurationException where a value is out of range or at odds with another
         */
        public ProxyConfig build() {
            SettingsReader reader = new SettingsReader(settings);
            reader.readSecret(Flag.UPSTREAM, text -> upstream);
            return read(upstream, reader);
        }
    }
}
