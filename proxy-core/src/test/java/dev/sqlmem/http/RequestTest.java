package dev.sqlmem.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestTest {
    private final HttpScene scene = HttpScene.readOnly("requests");

    @AfterAll
    void close() {
        scene.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8",
        "/status.json, application/json",
        "/metrics, text/plain; version=0.0.4; charset=utf-8",
        "/healthz, text/plain; charset=utf-8",
        "/readyz, text/plain; charset=utf-8",
        "/healthz?verbose=1, text/plain; charset=utf-8"
    })
    void answersGetAndHead(String path, String type) {
        HttpResponse<String> get = scene.get(path);
        HttpResponse<String> head = scene.send("HEAD", path);

        assertThat(get.statusCode()).isEqualTo(200);
        assertThat(get.headers().firstValue("content-type")).contains(type);
        assertThat(get.headers().firstValue("cache-control")).contains("no-store");
        assertThat(get.headers().firstValue("x-content-type-options")).contains("nosniff");
        assertThat(get.headers().firstValue("content-security-policy").orElse(""))
                .contains("default-src 'none'")
                .contains("frame-ancestors 'none'");
        assertThat(get.body()).isNotEmpty();
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("content-type")).contains(type);
        assertThat(head.headers().firstValueAsLong("content-length")).isPresent();
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PROPFIND"})
    void refusesOtherMethods(String method) {
        for (String path : new String[] {"/", "/metrics"}) {
            String answer = scene.raw(method + " " + path
                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");

            assertThat(answer).startsWith("HTTP/1.1 405 ").contains("allow: GET, HEAD");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nothing", "/status.html", "/metrics/", "//", "/../etc/passwd", "/%2e%2e/", "*", "/healthz%00"})
    void hasNothingElse(String path) {
        assertThat(scene.raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 404 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:8432",
                "127.0.0.1",
                "127.0.0.1:80",
                "[::1]:8432",
                "app.localhost",
                "LOCALHOST"
            })
    void knowsItselfByName(String host) {
        assertThat(scene.raw("GET /healthz HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("\r\n\r\nok\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8432",
                "127.0.0.1.evil.example",
                "localhost.evil.example",
                "[::1",
                ""
            })
    void refusesForeignNamesOnTheLoopback(String host) {
        for (String path : new String[] {"/", "/status.json", "/nothing"}) {
            assertThat(scene.raw("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 421 ");
        }
    }

    @Test
    void refusesWhatIsNoRequest() {
        assertThat(scene.raw("GET\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        assertThat(scene.raw("GET /" + "x".repeat(10_000) + " HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ");
        assertThat(scene.raw("GET / HTTP/1.1\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
        assertThat(scene.raw(
                        "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 1000000\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() {
        String host = " HTTP/1.1\r\nHost: localhost\r\n";
        String answers = scene.raw("GET /metrics" + host + "\r\nGET /healthz" + host + "\r\nGET /status.json" + host
                + "\r\nGET /readyz" + host + "Connection: close\r\n\r\n");

        assertThat(answers).containsSubsequence("# HELP", "\r\n\r\nok\n", "\"product\"", "\r\n\r\nready\n");
        assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(5);
    }

    @Test
    void endsAConnectionThatAsksAndAsksWithoutReading() {
        String flood = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(200);

        assertThat(scene.raw(flood).split("HTTP/1.1 200 OK", -1)).hasSizeLessThan(100);
        assertThat(scene.get("/healthz").statusCode()).isEqualTo(200);
    }

    @Test
    void speaksHttp10() {
        assertThat(scene.raw("GET /healthz HTTP/1.0\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .endsWith("ok\n");
    }
}
