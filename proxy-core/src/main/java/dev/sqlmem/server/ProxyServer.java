package dev.sqlmem.server;

import dev.sqlmem.admin.AdminTables;
import dev.sqlmem.admin.CacheControl;
import dev.sqlmem.admin.Status;
import dev.sqlmem.admin.StatusSnapshot.About;
import dev.sqlmem.cache.generation.MemoryBudget;
import dev.sqlmem.database.Database;
import dev.sqlmem.database.Databases;
import dev.sqlmem.database.Persistence;
import dev.sqlmem.session.Session;
import dev.sqlmem.session.SessionContext;
import dev.sqlmem.session.SessionUpstream;
import dev.sqlmem.session.Sessions;
import dev.sqlmem.session.decision.ColdStarts;
import dev.sqlmem.session.metrics.Counters;
import dev.sqlmem.settings.ListenAddress;
import dev.sqlmem.settings.Setting;
import dev.sqlmem.upstream.jdbc.ServiceDatabase;
import dev.sqlmem.upstream.relay.RelayConnector;
import dev.sqlmem.upstream.url.ConnectionAdvice;
import dev.sqlmem.verify.Verifier;
import dev.sqlmem.wire.message.StartupMessage;
import io.netty.channel.Channel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/** A running proxy. Thread-safe. */
public final class ProxyServer implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(ProxyServer.class);

    private final ProxyConfig config;
    private final Threads threads;
    private final @Nullable Persistence persistence;
    private final Databases databases;
    private final Sessions sessions = new Sessions();
    private final Verifier verifier;
    private final SessionContext context;
    private final Status status;
    private final SessionUpstream upstream;
    private final @Nullable ClientTls tls;
    private @Nullable Channel listening;
    private List<String> warnings = List.of();
    private @Nullable StatusService statusService;
    private boolean closed;

    private ProxyServer(ProxyConfig config, InstantSource clock) throws StartupException {
        this.config = config;
        if (config.tlsCert() == null || config.tlsKey() == null) {
            this.tls = null;
        } else {
            this.tls = new ClientTls(config.tlsCert(), config.tlsKey());
        }
        this.threads = new Threads(config.eventLoops());
        RelayConnector connector;
        try {
            connector = new RelayConnector(config.upstream(), threads.clientChannel());
        } catch (IOException e) {
            threads.close();
            throw new StartupException(String.valueOf(e.getMessage()), e);
        }
        ExecutorService workers = threads.workers();
        if (config.cacheDb() == null) {
            this.persistence = null;
        } else {
            this.persistence = new Persistence(config.cacheDb(), config.backupInterval(), clock);
        }
        this.databases = new Databases(
                config.upstream(),
                config.rules(),
                new MemoryBudget(config.memoryLimit().bytes()),
                threads.askers(),
                threads.loaders(),
                threads.watcher(),
                clock,
                persistence);
        this.upstream = new SessionUpstream(databases, connector);
        Counters counters = new Counters();
        boolean readOnly = config.mode() == Mode.READ_ONLY;
        this.verifier = new Verifier(config.verifyRate(), workers);
        this.status = new Status(databases, sessions, counters, verifier, readOnly, config.settings());
        this.context = new SessionContext(
                readOnly,
                config.fillWait(),
                workers,
                counters,
                new AdminTables(status, persistence, workers),
                new ColdStarts(),
                verifier);
    }

    /**
     * Starts a proxy: tries the upstream once, then listens.
     *
     * @throws StartupException if the upstream cannot be used or the port not be bound; says what to check
     */
    public static ProxyServer start(ProxyConfig config) throws StartupException {
        return start(config, InstantSource.system());
    }

    /** As {@link #start(ProxyConfig)}; {@code clock} tells how old tables are. */
    public static ProxyServer start(ProxyConfig config, InstantSource clock) throws StartupException {
        tryUpstream(config);
        ProxyServer server = new ProxyServer(config, clock);
        Persistence persistence = server.persistence;
        try {
            if (persistence != null) {
                persistence.open(server.databases);
            }
            server.applyRules();
            server.listen();
            server.serveStatus();
            if (persistence != null) {
                persistence.start();
            }
        } catch (StartupException e) {
            server.close();
            throw e;
        }
        return server;
    }

    /**
     * Tries a certificate and its key as a proxy would use them.
     *
     * @throws StartupException if they cannot be used; says what to check
     */
    public static void tryCertificate(Path certificate, Path key) throws StartupException {
        new ClientTls(certificate, key);
    }

    private static void tryUpstream(ProxyConfig config) throws StartupException {
        try (ServiceDatabase service = new ServiceDatabase(config.upstream())) {
            service.facts();
        } catch (SQLException e) {
            throw new StartupException(ConnectionAdvice.of(e, config.upstream()), e);
        }
    }

    private void applyRules() {
        warnings = databases.applyRules();
        warnings.forEach(LOG::warn);
    }

    /** What does not keep the proxy from running, for people: rules that name nothing, a cache that cannot be kept. */
    public List<String> warnings() {
        return Stream.concat(warnings.stream(), Stream.ofNullable(unsaved())).toList();
    }

    /** Why the cache could not be saved at the last try; null if it could. Counts after {@link #close} too. */
    public @Nullable String unsaved() {
        if (persistence == null) {
            return null;
        }
        return persistence.problem();
    }

    private void listen() throws StartupException {
        listening = Listener.bind(config.listen(), threads, () -> new StartupHandler(tls, sessions, this::session));
        LOG.info(
                "listening on {}:{} in front of {}",
                config.listen().bindHost(),
                address().getPort(),
                config.upstream());
    }

    private void serveStatus() throws StartupException {
        ListenAddress http = config.http();
        if (http != null) {
            Database main = databases.database(config.upstream().database());
            statusService = StatusService.serve(http, status, main, about());
        }
    }

    private About about() {
        String version = ProxyServer.class.getPackage().getImplementationVersion();
        if (version == null) {
            version = "unpackaged";
        }
        String hosts = config.upstream().hosts().stream().map(Object::toString).collect(Collectors.joining(","));
        return new About(
                version,
                config.mode().label(),
                hosts + "/" + config.upstream().database(),
                address().getHostString() + ":" + address().getPort(),
                status.since());
    }

    private Session session(Channel channel, StartupMessage startup) {
        return new Session(context, sessions, upstream, channel, threads.slot(channel.eventLoop()), startup);
    }

    /** Where clients connect. */
    public InetSocketAddress address() {
        Channel channel = listening;
        if (channel == null) {
            throw new IllegalStateException("not listening");
        }
        return (InetSocketAddress) channel.localAddress();
    }

    /** Drops a table of the upstream URL's database from the cache; returns how many of this name there were. */
    public long invalidate(String table) {
        return CacheControl.invalidate(database(), table);
    }

    /** Drops all tables of the upstream URL's database from the cache; returns how many there were. */
    public long invalidateAll() {
        return CacheControl.invalidateAll(database());
    }

    /** Loads a table of the upstream URL's database afresh; completes when that has ended, with how many there were. */
    public CompletableFuture<Integer> refresh(String table) {
        return CacheControl.refresh(database(), table);
    }

    private Database database() {
        return databases.database(config.upstream().database());
    }

    /** The counters of {@code sqlmem.stats}. */
    public Map<String, Long> stats() {
        Map<String, Long> stats = new TreeMap<>();
        status.stats().forEach(stat -> stats.put(stat.name(), stat.value()));
        return stats;
    }

    /** Where the status page is; null: nowhere. */
    public @Nullable InetSocketAddress httpAddress() {
        StatusService service = statusService;
        if (service == null) {
            return null;
        }
        return service.address();
    }

    /** Shows these settings in {@code sqlmem.settings} from now on, after some of them have changed. */
    public void settings(List<Setting> now) {
        status.settings(now);
    }

    /**
     * Reads the certificate and its key again; handshakes from now on show what the files hold. Without TLS
     * nothing happens.
     *
     * @throws StartupException when the files cannot be used; what was in use stays in use
     */
    public void reloadCertificate() throws StartupException {
        ClientTls clients = tls;
        if (clients != null) {
            clients.reload();
        }
    }

    /** The loads that have been running for at least this long, each as a sentence for people. */
    public List<String> loading(Duration atLeast) {
        return databases.opened().stream()
                .flatMap(each -> each.tables().loading().stream()
                        .filter(load -> load.elapsed().compareTo(atLeast) >= 0)
                        .map(load -> each.name() + "." + load.table() + ": " + load.sentence()))
                .toList();
    }

    /** Stops: no new clients, running statements may end within the drain limit, then everyone is sent off. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        StatusService service = statusService;
        if (service != null) {
            service.stopping();
        }
        Channel channel = listening;
        if (channel != null) {
            channel.close().awaitUninterruptibly();
            Drain.all(sessions, config.drainLimit());
        }
        if (service != null) {
            service.close();
        }
        if (persistence != null) {
            persistence.close();
        }
        databases.close();
        verifier.close();
        threads.close();
        LOG.info("stopped");
    }
}
