package dev.sqlmem.cli;

import dev.sqlmem.server.ProxyServer;
import dev.sqlmem.server.StartupException;
import dev.sqlmem.settings.ConfigurationException;
import dev.sqlmem.settings.Flag;
import dev.sqlmem.settings.Setting;
import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * What SIGHUP does to a running proxy: the log level is read again (from {@code .env}, as the flags and the
 * environment of a process stay what they were), and the certificate. What cannot be used is told in the log
 * and changes nothing.
 */
final class Reload implements Runnable {
    private static final Logger LOG = LogManager.getLogger(Reload.class);

    private final Map<Flag, String> typed;
    private final Environment environment;
    private final List<Setting> settings;
    private final ProxyServer server;

    /** @param settings those that the proxy was started with */
    Reload(Map<Flag, String> typed, Environment environment, List<Setting> settings, ProxyServer server) {
        this.typed = Map.copyOf(typed);
        this.environment = environment;
        this.settings = settings;
        this.server = server;
    }

    @Override
    public synchronized void run() {
        try {
            Reloadable now = ConfigurationReader.reloadable(new Sources(typed, environment));
            LogTargets.level(now.logLevel());
            server.settings(now.within(settings));
            LOG.info("SIGHUP: the log level is {}", now.logLevel());
        } catch (ConfigurationException mistake) {
            LOG.error("SIGHUP: {}. The log level stays as it is.", mistake.getMessage());
        }
        try {
            server.reloadCertificate();
            LOG.info("SIGHUP: the certificate has been read again");
        } catch (StartupException mistake) {
            LOG.error("SIGHUP: {} The former certificate stays in use.", mistake.getMessage());
        }
    }
}
