package dev.sqlmem.contract;

import dev.sqlmem.server.Mode;
import dev.sqlmem.server.ProxyConfig;
import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.SharedPostgres;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A database and a cache file, in front of which one proxy after the other runs. */
final class RestartScene implements AutoCloseable {
    private final String database;
    private final Path file;
    private final Mode mode;
    private final UpstreamTap tap = new UpstreamTap(SharedPostgres.port());
    private String role = SharedPostgres.SUPERUSER;
    private long memoryLimit = 1L << 30;
    private ProxyUnderTest proxy;

    RestartScene(String name, Path file, Mode mode, String... script) {
        this.database = SharedPostgres.createDatabase(name);
        this.file = file;
        this.mode = mode;
        SharedPostgres.execute(database, script);
        this.proxy = run();
    }

    private ProxyUnderTest run() {
        UpstreamUrl upstream = UpstreamUrl.parse("postgresql://" + role + "@127.0.0.1:" + tap.port() + "/" + database);
        return ProxyUnderTest.start(ProxyConfig.builder(upstream)
                .listen("127.0.0.1", 0)
                .mode(mode)
                .fillWait(Duration.ofSeconds(20))
                .eventLoops(2)
                .memoryLimitBytes(memoryLimit)
                .cacheDb(file)
                .backupInterval(Duration.ZERO)
                .build());
    }

    String database() {
        return database;
    }

    UpstreamTap tap() {
        return tap;
    }

    Path file() {
        return file;
    }

    /** Stops the proxy, which saves; the next {@link #start} goes on from there. */
    void stop() {
        proxy.close();
    }

    void start() {
        proxy = run();
    }

    /** The same with another service account. */
    void startAs(String otherRole) {
        role = otherRole;
        proxy = run();
    }

    /** The same with another memory limit, in bytes. */
    void startWithin(long limit) {
        memoryLimit = limit;
        proxy = run();
    }

    void restart() {
        stop();
        start();
    }

    Client client() {
        return client(database);
    }

    Client client(String other) {
        return new Client(LoginRequest.to(proxy.port(), other));
    }

    /** Waits until each table in the file has been restored or discarded. */
    void awaitRestored(Client client, int restored, int discarded) {
        Await.until(
                "the tables are restored", () -> restored(client).equals(List.of((long) restored, (long) discarded)));
    }

    private static List<Long> restored(Client client) {
        return List.of(Scene.stat(client, "restored_tables"), Scene.stat(client, "discarded_tables"));
    }

    /** Asks until the cache answers. */
    void warm(Client client, String sql) {
        Await.until("the cache answers " + sql, () -> {
            tap.clear();
            client.run(sql);
            return tap.statements().isEmpty();
        });
    }

    /** The statements since the tap was cleared that read a user's table. */
    List<String> loads() {
        return tap.statements().stream()
                .filter(statement -> statement.contains("COPY"))
                .toList();
    }

    void behindTheProxy(String... statements) {
        SharedPostgres.execute(database, statements);
    }

    @Override
    public void close() {
        proxy.close();
        tap.close();
    }
}
