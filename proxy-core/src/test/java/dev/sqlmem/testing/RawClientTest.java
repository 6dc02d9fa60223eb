package dev.sqlmem.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RawClientTest {
    private static final LoginRequest POSTGRES = LoginRequest.to(SharedPostgres.port(), "postgres");

    private static Path hbaFile;
    private static String trustful;

    /** Three roles that need their password, each asked for it in another way. */
    @BeforeAll
    static void demandPasswords() throws IOException {
        SharedPostgres.execute(
                "postgres",
                "CREATE ROLE raw_scram LOGIN PASSWORD 'sesame'",
                "CREATE ROLE raw_cleartext LOGIN PASSWORD 'sesame'",
                "SET password_encryption = 'md5'",
                "CREATE ROLE raw_md5 LOGIN PASSWORD 'sesame'");
        try (RawClient client = RawClient.connect(POSTGRES)) {
            hbaFile = Path.of(FrameText.textRows(client.simpleQuery("SHOW hba_file"))
                    .get(0)
                    .get(0));
        }
        trustful = Files.readString(hbaFile);
        reload("""
                host all raw_md5 127.0.0.1/32 md5
                host all raw_scram 127.0.0.1/32 scram-sha-256
                host all raw_cleartext 127.0.0.1/32 password
                """ + trustful);
        // The server takes the new rules when it comes to it.
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        boolean asked;
        do {
            try (RawClient client = RawClient.attempt(POSTGRES.as("raw_cleartext", "wrong"))) {
                asked = !client.startupFrames()
                        .get(client.startupFrames().size() - 1)
                        .is('Z');
            }
        } while (!asked && System.nanoTime() < deadline);
    }

    @AfterAll
    static void trustAgain() throws IOException {
        reload(trustful);
    }

    private static void reload(String rules) throws IOException {
        Files.writeString(hbaFile, rules);
        SharedPostgres.execute("postgres", "SELECT pg_reload_conf()");
    }

    @ParameterizedTest
    @CsvSource({"raw_md5, 5", "raw_scram, 10", "raw_cleartext, 3"})
    void logsInWithAPassword(String role, int method) {
        try (RawClient client = RawClient.connect(POSTGRES.as(role, "sesame"))) {
            assertThat(client.startupFrames().get(0).body()[3]).isEqualTo((byte) method);
            assertThat(FrameText.textRows(client.simpleQuery("SELECT current_user")))
                    .containsExactly(List.of(role));
        }
        try (RawClient client = RawClient.attempt(POSTGRES.as(role, "wrong"))) {
            assertThat(FrameText.sqlState(client.startupFrames())).isEqualTo("28P01");
        }
    }

    @Test
    void sendsStartupParameters() {
        try (RawClient client = RawClient.connect(POSTGRES.set("TimeZone", "Asia/Tokyo"))) {
            assertThat(client.startupParameter("TimeZone")).contains("Asia/Tokyo");
        }
    }

    @Test
    void bindsInBothFormats() {
        try (RawClient client = RawClient.connect(POSTGRES)) {
            List<Frame> answer = client.extended(ExtendedQuery.of("SELECT $1::int4, $2::text, $3::int2")
                    .with(
                            Parameter.binary(23, new byte[] {0, 0, 1, 2}),
                            Parameter.text("é"),
                            new Parameter(0, Parameter.BINARY, null)));

            assertThat(FrameText.textRows(answer)).containsExactly(List.of("258", "é", "NULL"));
        }
    }

    @Test
    void doesNotDeadlockOnLongPipelines() {
        List<Frame> pipeline = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            pipeline.add(FrontendFrames.query("SELECT repeat('x', 1000000) /* " + "y".repeat(1_000_000) + " */"));
        }
        try (RawClient client = RawClient.connect(POSTGRES)) {
            client.send(pipeline);

            assertThat(client.readUntilReady(20)).hasSize(20 * 4).noneMatch(frame -> frame.is('E'));
        }
    }

    @Test
    void saysWhatItWaitedFor() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LoginRequest login =
                    LoginRequest.to(silent.getLocalPort(), "nowhere").within(Duration.ofMillis(50));

            assertThatThrownBy(() -> RawClient.attempt(login))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("no frame came")
                    .hasMessageContaining("nowhere");
        }
    }

    @Test
    void seesTheEndOfTheConnection() {
        try (RawClient client = RawClient.connect(POSTGRES)) {
            client.send(FrontendFrames.terminate());

            assertThat(client.read().isEnd()).isTrue();
        }
    }
}
