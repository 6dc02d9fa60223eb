package dev.sqlmem.contract;

import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.FrameCompare;
import dev.sqlmem.testing.FrameCompare.ErrorMatch;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.RowOrder;
import dev.sqlmem.testing.SharedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** A database of its own, a proxy in front of it, and clients of both. */
final class Scene implements AutoCloseable {
    private final String database;
    private final UpstreamTap tap;
    private final ProxyUnderTest proxy;

    private Scene(String name, Mode mode, String... script) {
        this(prepared(name, script), mode);
    }

    private static String prepared(String name, String... script) {
        String database = SharedPostgres.createDatabase(name);
        SharedPostgres.execute(database, script);
        return database;
    }

    private Scene(String database, Mode mode) {
        this.database = database;
        this.tap = new UpstreamTap(SharedPostgres.port());
        this.proxy = ProxyUnderTest.inFrontOf(tap.port(), database, mode);
    }

    /** A database made by the script, behind a proxy in its default mode. */
    static Scene readOnly(String name, String... script) {
        return new Scene(name, Mode.READ_ONLY, script);
    }

    static Scene transparent(String name, String... script) {
        return new Scene(name, Mode.TRANSPARENT, script);
    }

    /** Another proxy in front of the same database. */
    Scene also(Mode mode) {
        return new Scene(database, mode);
    }

    String database() {
        return database;
    }

    UpstreamTap tap() {
        return tap;
    }

    ProxyUnderTest proxy() {
        return proxy;
    }

    /** How to log in to the proxy, as the superuser unless told otherwise. */
    LoginRequest login() {
        return LoginRequest.to(proxy.port(), database);
    }

    LoginRequest directLogin() {
        return LoginRequest.to(SharedPostgres.port(), database);
    }

    /** A new client of the proxy. */
    Client client() {
        return new Client(login());
    }

    /** A new client of the server itself. */
    Client direct() {
        return new Client(directLogin());
    }

    /** Runs statements as the superuser, around the proxy. */
    void behindTheProxy(String... statements) {
        SharedPostgres.execute(database, statements);
    }

    Connection jdbc(String... options) throws SQLException {
        String more = options.length == 0 ? "" : "&" + String.join("&", options);
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + proxy.port() + "/" + database + "?user=postgres" + more);
    }

    /** Asks until the cache answers: the second of two equal answers without an upstream statement. */
    void warm(Client client, String sql) {
        try {
            Await.until("the cache answers " + sql, () -> isHit(client, sql));
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; " + explain(client, sql), e);
        }
    }

    /** Whether the proxy answers without sending the server anything. */
    boolean isHit(Client client, String sql) {
        tap.clear();
        client.run(sql);
        return tap.statements().isEmpty();
    }

    /** The first difference between the two servers' answers to the same simple query, both frame by frame. */
    static Optional<String> difference(Client direct, Client proxied, String sql) {
        return new FrameCompare(new RowOrder.Total(), ErrorMatch.MESSAGE)
                .difference(direct.ask(sql).frames(), proxied.ask(sql).frames());
    }

    /** One value of {@code sqlmem.stats}. */
    static long stat(Client client, String name) {
        return Long.parseLong(client.run("SELECT value FROM sqlmem.stats WHERE name = '" + name + "'")
                .value());
    }

    /** The rows of {@code sqlmem.explain} as {@code name: value}. */
    static List<String> explain(Client client, String sql) {
        return client.run("SELECT name, value FROM sqlmem.explain('" + sql.replace("'", "''") + "')").rows().stream()
                .map(row -> row.get(0) + ": " + row.get(1))
                .toList();
    }

    @Override
    public void close() {
        proxy.close();
        tap.close();
    }
}
