package dev.sqlmem.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.server.ProxyServer;
import dev.sqlmem.server.StartupException;
import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.SharedPostgres;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

class LifecycleTest {

    @Test
    void saysWhatToDoAboutATakenPort() throws IOException {
        String database = SharedPostgres.createDatabase("taken");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress http = (InetSocketAddress) taken.getLocalSocketAddress();

            assertThatThrownBy(() -> ProxyServer.start(
                            HttpScene.configuration(database).http(http).build()))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining(":" + http.getPort())
                    .hasMessageContaining("--http");
        }
    }

    @Test
    void servesNothingWhenItIsOff() throws StartupException {
        String database = SharedPostgres.createDatabase("off");
        try (ProxyServer proxy =
                ProxyServer.start(HttpScene.configuration(database).build())) {
            assertThat(proxy.httpAddress()).isNull();
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("sqlmem-status") || name.startsWith("sqlmem-http"));
        }
    }

    @Test
    void stopsListeningWithTheProxy() {
        int port;
        try (HttpScene scene = HttpScene.readOnly("stopped")) {
            assertThat(scene.get("/healthz").body()).isEqualTo("ok\n");
            port = scene.port();
        }
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void isReadyOnlyWhileTheUpstreamIs() {
        try (HttpScene scene = HttpScene.readOnly("readiness")) {
            Await.until("ready", () -> scene.get("/readyz").statusCode() == 200);
            String database = scene.database();
            SharedPostgres.execute(
                    "postgres",
                    "ALTER DATABASE " + database + " ALLOW_CONNECTIONS false",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + database + "'");
            Await.until("not ready", () -> scene.get("/readyz").statusCode() == 503);

            HttpResponse<String> answer = scene.get("/readyz");
            assertThat(answer.body())
                    .startsWith("not ready: the upstream cannot be reached: ")
                    .contains(database);
            assertThat(scene.get("/healthz").statusCode()).isEqualTo(200);
            assertThat(scene.metrics().value("sqlmem_ready")).isZero();
            assertThat(scene.metrics().value("sqlmem_upstream_up", "database", database))
                    .isZero();
            assertThat(scene.status()).containsEntry("ready", false);

            SharedPostgres.execute("postgres", "ALTER DATABASE " + database + " ALLOW_CONNECTIONS true");
            Await.until("ready again", () -> scene.get("/readyz").statusCode() == 200);
            assertThat(scene.metrics().value("sqlmem_ready")).isEqualTo(1);
        }
    }
}
