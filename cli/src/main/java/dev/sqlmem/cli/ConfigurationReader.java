package dev.sqlmem.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.sqlmem.rules.Freshness;
import dev.sqlmem.rules.TableRule;
import dev.sqlmem.rules.TableRules;
import dev.sqlmem.server.Mode;
import dev.sqlmem.settings.ConfigurationException;
import dev.sqlmem.settings.DataSize;
import dev.sqlmem.settings.Flag;
import dev.sqlmem.settings.ListenAddress;
import dev.sqlmem.settings.Setting;
import dev.sqlmem.settings.TimeSpan;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.logging.log4j.Level;
import org.jspecify.annotations.Nullable;

/**
 * Turns the texts of {@link Sources} into a {@link Configuration}: the one place where defaults are filled
 * in and values are checked. Used once, by one thread.
 */
final class ConfigurationReader {
    private final Sources sources;
    private final List<Setting> settings = new ArrayList<>();

    private ConfigurationReader(Sources sources) {
        this.sources = sources;
    }

    /**
     * Reads and checks every setting.
     *
     * @throws ConfigurationException when one is missing, malformed or at odds with another
     */
    static Configuration read(Sources sources) {
        return new ConfigurationReader(sources).configuration();
    }

    /**
     * The upstream alone, for commands that are clients of a running proxy.
     *
     * @throws ConfigurationException when it is missing or malformed
     */
    static UpstreamUrl upstream(Sources sources) {
        return new ConfigurationReader(sources).upstream();
    }

    /**
     * The proxy's address alone, for commands that are clients of a running proxy.
     *
     * @throws ConfigurationException when it is malformed
     */
    static ListenAddress listen(Sources sources) {
        return new ConfigurationReader(sources).setting(Flag.LISTEN, ListenAddress::parse);
    }

    /**
     * What may change while the proxy runs.
     *
     * @throws ConfigurationException when it is malformed
     */
    static Reloadable reloadable(Sources sources) {
        ConfigurationReader reader = new ConfigurationReader(sources);
        Level level = reader.logLevel();
        return new Reloadable(level, reader.settings);
    }

    private Configuration configuration() {
        UpstreamUrl upstream = upstream();
        ListenAddress listen = setting(Flag.LISTEN, ListenAddress::parse);
        Mode mode = setting(Flag.MODE, SettingTexts::mode);
        Path tlsCert = file(Flag.TLS_CERT);
        Path tlsKey = file(Flag.TLS_KEY);
        boolean allowPlainPublic = setting(Flag.ALLOW_PLAIN_PUBLIC, SettingTexts::yesOrNo);
        refuseHalfTls(tlsCert, tlsKey);
        refusePlainPublic(listen, tlsCert != null || allowPlainPublic);
        DataSize memoryLimit = setting(Flag.MEMORY_LIMIT, DataSize::parse, quarterOfMemory());
        var fillWait = setting(Flag.FILL_WAIT, text -> TimeSpan.parse(text, ChronoUnit.MILLIS));
        int eventLoops = setting(
                Flag.EVENT_LOOPS,
                text -> SettingTexts.wholeNumber(text, 1, 1024),
                Runtime.getRuntime().availableProcessors());
        var drainLimit = setting(Flag.DRAIN_LIMIT, text -> TimeSpan.parse(text, ChronoUnit.SECONDS));
        double verifyRate = setting(Flag.VERIFY, SettingTexts::share);
        Path cacheDb = setting(Flag.CACHE_DB, SettingTexts::fileOrNone);
        var backupInterval = setting(Flag.BACKUP_INTERVAL, text -> TimeSpan.parse(text, ChronoUnit.SECONDS));
        Freshness freshness = setting(Flag.FRESHNESS, Freshness::parse);
        List<TableRule> tableRules = setting(Flag.TABLE, TableRules::parse);
        ListenAddress http = setting(Flag.HTTP, text -> text.equals("off") ? null : ListenAddress.parse(text));
        refusePublicHttp(http, allowPlainPublic);
        List<String> logTargets = setting(Flag.LOG, SettingTexts::targets);
        Level logLevel = logLevel();
        DataSize logRotation = setting(Flag.LOG_ROTATION, DataSize::parse);
        LogFormat logFormat = setting(Flag.LOG_FORMAT, LogFormat::parse);
        return new Configuration(
                upstream,
                listen,
                mode,
                tlsCert,
                tlsKey,
                memoryLimit,
                fillWait,
                eventLoops,
                drainLimit,
                verifyRate,
                cacheDb,
                backupInterval,
                new TableRules(freshness, tableRules),
                http,
                logTargets,
                logLevel,
                logRotation,
                logFormat,
                settings);
    }

    private Level logLevel() {
        boolean debug = setting(Flag.DEBUG, SettingTexts::yesOrNo);
        return setting(Flag.LOG_LEVEL, SettingTexts::level, debug ? Level.DEBUG : Level.INFO);
    }

    private UpstreamUrl upstream() {
        Value value = sources.find(Flag.UPSTREAM);
        if (value == null) {
            throw new ConfigurationException(
                    "no upstream: say --upstream postgresql://user:secret@host:5432/db" + " or set SQLMEM_UPSTREAM");
        }
        UpstreamUrl url = parse(value, UpstreamUrl::parse);
        settings.add(new Setting(Flag.UPSTREAM.label(), url.toString(), value.source()));
        return url;
    }

    /** A setting whose default is written as a person would write it. */
    private <T extends @Nullable Object> T setting(Flag flag, Function<String, T> parser) {
        Value value = sources.find(flag);
        String text;
        if (value == null) {
            text = flag.defaultText();
        } else {
            text = value.text();
        }
        if (text == null) {
            throw new IllegalStateException(flag + " has no default");
        }
        note(flag, value, text);
        if (value == null) {
            return parser.apply(text);
        }
        return parse(value, parser);
    }

    /** A setting whose default depends on the machine or on another setting. */
    private <T> T setting(Flag flag, Function<String, T> parser, T fallback) {
        Value value = sources.find(flag);
        note(flag, value, fallback.toString());
        if (value == null) {
            return fallback;
        }
        return parse(value, parser);
    }

    private @Nullable Path file(Flag flag) {
        Value value = sources.find(flag);
        note(flag, value, "");
        if (value == null) {
            return null;
        }
        Path path = Path.of(value.text());
        if (!Files.isReadable(path) || Files.isDirectory(path)) {
            throw value.mistake("cannot read the file " + path);
        }
        return path;
    }

    private void note(Flag flag, @Nullable Value value, String fallback) {
        settings.add(
                value == null
                        ? new Setting(flag.label(), fallback, "default")
                        : new Setting(flag.label(), value.text(), value.source()));
    }

    private static <T extends @Nullable Object> T parse(Value value, Function<String, T> parser) {
        try {
            return parser.apply(value.text());
        } catch (IllegalArgumentException malformed) {
            throw value.mistake(String.valueOf(malformed.getMessage()));
        }
    }

    private static void refuseHalfTls(@Nullable Path cert, @Nullable Path key) {
        if ((cert == null) != (key == null)) {
            throw new ConfigurationException("--tls-cert and --tls-key belong together: give both or neither");
        }
    }

    private static void refusePlainPublic(ListenAddress listen, boolean allowed) {
        if (!allowed && !listen.isLoopback()) {
            throw new ConfigurationException("--listen " + listen + ": this address can be reached from other machines,"
                    + " and passwords and rows would cross the network in the clear. Give --tls-cert and --tls-key,"
                    + " or say --allow-plain-public (" + Flag.ALLOW_PLAIN_PUBLIC.variable() + "=true)");
        }
    }

    private static void refusePublicHttp(@Nullable ListenAddress http, boolean allowed) {
        if (!allowed && http != null && !http.isLoopback()) {
            throw new ConfigurationException("--http " + http + ": this address can be reached from other machines, and"
                    + " the status page tells names of tables and shapes of statements to whoever asks. Give a loopback"
                    + " address, or say --allow-plain-public (" + Flag.ALLOW_PLAIN_PUBLIC.variable() + "=true)");
        }
    }

    private static DataSize quarterOfMemory() {
        // In a container this bean reports the container's limit, not the host's memory.
        OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new DataSize(machine.getTotalMemorySize() / 4);
    }
}
