package dev.sqlmem;

import dev.sqlmem.server.ProxyConfig;
import dev.sqlmem.server.ProxyServer;
import dev.sqlmem.server.StartupException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A proxy that runs in this JVM. Clients connect to it as to the server behind it, with the server's users
 * and passwords. Thread-safe.
 */
public final class SqlMem implements AutoCloseable {
    private final ProxyServer server;
    private final String database;

    private SqlMem(ProxyServer server, String database) {
        this.server = server;
        this.database = database;
    }

    /** Starts from the defaults: read-only mode, any free port of the loopback address, nothing kept on disk. */
    public static SqlMemBuilder builder() {
        return new SqlMemBuilder();
    }

    static SqlMem start(ProxyConfig config) throws StartupException {
        return new SqlMem(ProxyServer.start(config), config.upstream().database());
    }

    /** Where clients connect. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** The port that clients connect to. */
    public int port() {
        return address().getPort();
    }

    /** A URL for the PostgreSQL JDBC driver: the proxy with the upstream URL's database, without user and password. */
    public String jdbcUrl() {
        String host;
        if (address().getAddress().isAnyLocalAddress()) {
            host = "127.0.0.1";
        } else {
            host = address().getAddress().getHostAddress();
        }
        String literal;
        if (host.contains(":")) {
            literal = "[" + host + "]";
        } else {
            literal = host;
        }
        return "jdbc:postgresql://" + literal + ":" + port() + "/" + database;
    }

    /** What the table rules name and the server does not have, for people. */
    public List<String> warnings() {
        return server.warnings();
    }

    /**
     * Drops a table from the cache; the next statement loads it.
     *
     * @param table {@code orders}, {@code public.orders}, {@code "Odd Name"}
     * @return how many tables of this name were cached
     */
    public long invalidate(String table) {
        return server.invalidate(table);
    }

    /** Drops all tables from the cache; returns how many there were. */
    public long invalidateAll() {
        return server.invalidateAll();
    }

    /**
     * Loads a table afresh while its old rows go on answering.
     *
     * @return completes when that has ended, with how many tables of this name there were
     */
    public CompletableFuture<Integer> refresh(String table) {
        return server.refresh(table);
    }

    /** What it has done so far: the names and values of {@code sqlmem.stats}, such as {@code hits}. */
    public Map<String, Long> stats() {
        return server.stats();
    }

    /** Stops: running statements may end within the drain limit, then all clients are sent off and the cache is saved. */
    @Override
    public void close() {
        server.close();
    }
}
