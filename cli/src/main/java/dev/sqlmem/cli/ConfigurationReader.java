package dev.sqlmem.cli;

import dev.sqlmem.server.ProxyConfig;
import dev.sqlmem.settings.ConfigurationException;
import dev.sqlmem.settings.Flag;
import dev.sqlmem.settings.ListenAddress;
import dev.sqlmem.settings.SettingTexts;
import dev.sqlmem.settings.SettingsReader;
import dev.sqlmem.upstream.url.UpstreamUrl;
import org.apache.logging.log4j.Level;
import org.jspecify.annotations.Nullable;

/** Turns the texts of {@link Sources} into a {@link Configuration}, and refuses what would not be safe. */
final class ConfigurationReader {
    private ConfigurationReader() {}

    /**
     * Reads and checks every setting.
     *
     * @throws ConfigurationException when one is missing, malformed or at odds with another
     */
    static Configuration read(Sources sources) {
        SettingsReader reader = new SettingsReader(sources.settings());
        boolean allowPlainPublic = reader.read(Flag.ALLOW_PLAIN_PUBLIC, SettingTexts::yesOrNo);
        LogSettings log = LogSettings.read(reader);
        ProxyConfig proxy = ProxyConfig.read(reader);
        refusePlainPublic(proxy.listen(), proxy.tlsCert() != null || allowPlainPublic);
        refusePublicHttp(proxy.http(), allowPlainPublic);
        return new Configuration(proxy, log);
    }

    /**
     * The upstream alone, for commands that are clients of a running proxy.
     *
     * @throws ConfigurationException when it is missing or malformed
     */
    static UpstreamUrl upstream(Sources sources) {
        return ProxyConfig.upstream(new SettingsReader(sources.settings()));
    }

    /**
     * The proxy's address alone, for commands that are clients of a running proxy.
     *
     * @throws ConfigurationException when it is malformed
     */
    static ListenAddress listen(Sources sources) {
        return new SettingsReader(sources.settings()).read(Flag.LISTEN, ListenAddress::parse);
    }

    /**
     * What may change while the proxy runs.
     *
     * @throws ConfigurationException when it is malformed
     */
    static Reloadable reloadable(Sources sources) {
        SettingsReader reader = new SettingsReader(sources.settings());
        Level level = LogSettings.level(reader);
        return new Reloadable(level, reader.rows());
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
}
