package dev.sqlmem.cli;

import dev.sqlmem.rules.TableRules;
import dev.sqlmem.server.Mode;
import dev.sqlmem.server.ProxyConfig;
import dev.sqlmem.settings.DataSize;
import dev.sqlmem.settings.Flag;
import dev.sqlmem.settings.ListenAddress;
import dev.sqlmem.settings.Setting;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.jspecify.annotations.Nullable;

/**
 * Every setting of {@code serve}, checked. Built by {@link ConfigurationReader}.
 *
 * @param upstream the server in front of which the proxy stands
 * @param listen where clients connect
 * @param memoryLimit how much the cached tables may take together
 * @param fillWait how long a statement waits for a load before it is relayed
 * @param drainLimit how long running statements may go on after a stop signal
 * @param verifyRate which share of the cache's answers is asked upstream as well and compared
 * @param cacheDb where the cache is kept across restarts; null: nowhere
 * @param rules how old cached tables may be and what of them may be kept
 * @param http where the status page is; null: nowhere
 * @param logTargets {@code stderr}, {@code stdout} or file names; empty: silent
 * @param logRotation the size at which a log file is begun anew
 * @param settings the same as texts, each with its source, in the order of {@link Flag}
 */
record Configuration(
        UpstreamUrl upstream,
        ListenAddress listen,
        Mode mode,
        @Nullable Path tlsCert,
        @Nullable Path tlsKey,
        DataSize memoryLimit,
        Duration fillWait,
        int eventLoops,
        Duration drainLimit,
        double verifyRate,
        @Nullable Path cacheDb,
        Duration backupInterval,
        TableRules rules,
        @Nullable ListenAddress http,
        List<String> logTargets,
        Level logLevel,
        DataSize logRotation,
        LogFormat logFormat,
        List<Setting> settings) {

    Configuration {
        logTargets = List.copyOf(logTargets);
        settings = List.copyOf(settings);
    }

    /** What the proxy needs to know of it. */
    ProxyConfig proxy() {
        ProxyConfig.Builder builder = ProxyConfig.builder(upstream)
                .listen(listen.bindHost(), listen.port())
                .mode(mode)
                .memoryLimitBytes(memoryLimit.bytes())
                .fillWait(fillWait)
                .eventLoops(eventLoops)
                .drainLimit(drainLimit)
                .rules(rules)
                .http(http == null ? null : http.socketAddress())
                .cacheDb(cacheDb)
                .backupInterval(backupInterval)
                .verifyRate(verifyRate)
                .settings(settings);
        if (tlsCert != null && tlsKey != null) {
            builder.tls(tlsCert, tlsKey);
        }
        return builder.build();
    }
}
