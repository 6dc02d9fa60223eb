package dev.sqlmem.server;

import dev.sqlmem.admin.History;
import dev.sqlmem.admin.Status;
import dev.sqlmem.admin.StatusSnapshot;
import dev.sqlmem.admin.StatusSnapshot.About;
import dev.sqlmem.database.Database;
import dev.sqlmem.http.HttpEndpoint;
import dev.sqlmem.http.StatusSource;
import dev.sqlmem.settings.Flag;
import dev.sqlmem.settings.ListenAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * The HTTP endpoint of a running proxy with the thread that makes its snapshots and keeps its history.
 * Thread-safe.
 */
final class StatusService implements AutoCloseable, StatusSource {
    private static final Logger LOG = LogManager.getLogger(StatusService.class);

    private final Status status;
    private final Database main;
    private final About about;
    private final History history;
    private final ScheduledExecutorService worker =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("sqlmem-status", true));
    private final HttpEndpoint endpoint;
    private volatile boolean stopping;

    private StatusService(InetSocketAddress address, Status status, Database main, About about) throws IOException {
        this.status = status;
        this.main = main;
        this.about = about;
        this.history = new History(status.since());
        main.open();
        try {
            this.endpoint = HttpEndpoint.listen(address, this, worker);
        } catch (IOException e) {
            worker.shutdownNow();
            throw e;
        }
        long slice = History.SLICE.toMillis();
        worker.scheduleAtFixedRate(
                () -> history.slice(status.counted(), Instant.now()), slice, slice, TimeUnit.MILLISECONDS);
    }

    /**
     * Listens, with a message for people where that cannot be.
     *
     * @param main the database of the upstream's URL, watched from now on
     * @throws StartupException when the address cannot be bound; says what to check
     */
    static StatusService serve(ListenAddress http, Status status, Database main, About about) throws StartupException {
        String shown = http.bindHost() + ":";
        try {
            StatusService service = new StatusService(http.socketAddress(), status, main, about);
            LOG.info("status page on http://{}{}/", shown, service.address().getPort());
            return service;
        } catch (IOException e) {
            throw new StartupException(
                    "cannot serve the status page on " + shown + http.port() + ": "
                            + BindAdvice.of(e, Flag.HTTP.option()) + " Or say --http off.",
                    e);
        }
    }

    InetSocketAddress address() {
        return endpoint.address();
    }

    /** From now on the proxy is not ready for clients any more. */
    void stopping() {
        stopping = true;
    }

    @Override
    public StatusSnapshot snapshot() {
        return status.snapshot(about, main.name(), unready(), history.report());
    }

    @Override
    public List<String> unready() {
        if (stopping) {
            return List.of("the proxy is stopping");
        }
        String problem = main.problem();
        if (problem != null) {
            return List.of("the upstream cannot be reached: " + problem);
        }
        if (main.isWatchLost()) {
            return List.of("the upstream's catalogs have not been seen lately");
        }
        return List.of();
    }

    @Override
    public void close() {
        endpoint.close();
        worker.shutdownNow();
    }
}
