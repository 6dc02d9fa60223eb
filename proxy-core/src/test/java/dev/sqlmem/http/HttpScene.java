package dev.sqlmem.http;

import dev.sqlmem.server.Mode;
import dev.sqlmem.server.ProxyConfig;
import dev.sqlmem.server.ProxyServer;
import dev.sqlmem.server.StartupException;
import dev.sqlmem.testing.SharedPostgres;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A database of its own, a proxy with a status page in front of it, and a client of that. */
final class HttpScene implements AutoCloseable {
    private final HttpClient browser =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String database;
    private final ProxyServer proxy;

    private HttpScene(String name, Mode mode, @Nullable Path cacheDb, String... script) {
        this.database = SharedPostgres.createDatabase(name);
        SharedPostgres.execute(database, script);
        try {
            this.proxy = ProxyServer.start(configuration(database)
                    .mode(mode)
                    .cacheDb(cacheDb)
                    .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .build());
        } catch (StartupException e) {
            throw new IllegalStateException(e);
        }
    }

    static HttpScene readOnly(String name, String... script) {
        return new HttpScene(name, Mode.READ_ONLY, null, script);
    }

    /** With a file that keeps the cache. */
    static HttpScene keeping(String name, Path cacheDb) {
        return new HttpScene(name, Mode.READ_ONLY, cacheDb);
    }

    static HttpScene transparent(String name, String... script) {
        return new HttpScene(name, Mode.TRANSPARENT, null, script);
    }

    /** A configuration without HTTP. */
    static ProxyConfig.Builder configuration(String database) {
        // A load on a busy machine may take long; no test wants to see that.
        return ProxyConfig.builder(UpstreamUrl.parse(SharedPostgres.url(database)))
                .listen("127.0.0.1", 0)
                .fillWait(Duration.ofSeconds(20))
                .eventLoops(1);
    }

    String database() {
        return database;
    }

    /** A new client of the proxy, by the protocol {@code simple} or {@code extended}. */
    Connection client(String protocol) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:"
                + proxy.address().getPort() + "/" + database + "?user=postgres&preferQueryMode=" + protocol);
    }

    int port() {
        return Objects.requireNonNull(proxy.httpAddress()).getPort();
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    HttpResponse<String> get(String path) {
        return send("GET", path);
    }

    HttpResponse<String> send(String method, String path) {
        HttpRequest request = HttpRequest.newBuilder(url(path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            return browser.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Map<String, Object> status() {
        return JsonText.object(get("/status.json").body());
    }

    MetricsText metrics() {
        return MetricsText.parse(get("/metrics").body());
    }

    /** Sends bytes as they are and returns all that comes until the proxy ends the connection. */
    String raw(String request) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        proxy.close();
    }
}
