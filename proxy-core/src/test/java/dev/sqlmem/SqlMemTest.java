package dev.sqlmem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.server.Mode;
import dev.sqlmem.server.StartupException;
import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.SharedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlMemTest {
    private static String database;
    private static String url;

    @BeforeAll
    static void createDatabase() {
        database = SharedPostgres.createDatabase("library");
        SharedPostgres.execute(
                database,
                "CREATE TABLE orders (id int PRIMARY KEY, status text)",
                "INSERT INTO orders VALUES (1, 'shipped')");
        url = SharedPostgres.url(database);
    }

    private static String status(SqlMem proxy) throws SQLException {
        return value(proxy, "SELECT status FROM orders WHERE id = 1");
    }

    private static String value(SqlMem proxy, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(proxy.jdbcUrl(), "postgres", "");
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** The lines between the marks are README's. */
    @Test
    void theReadmesExampleRuns() throws Exception {
        String upstreamUrl = url;
        // README
        try (SqlMem proxy = SqlMem.builder()
                        .upstream(upstreamUrl)
                        .tableRule("orders:preload=id,status")
                        .start();
                Connection connection = DriverManager.getConnection(proxy.jdbcUrl(), "postgres", "secret");
                ResultSet row = connection.createStatement().executeQuery("SELECT status FROM orders WHERE id = 1")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getString("status")).isEqualTo("shipped");
            proxy.invalidate("orders");
            System.out.println(proxy.stats().get("hits") + " hits");
        }
        // README
    }

    @Test
    void theReadmeShowsThatExample() throws IOException {
        String[] parts = Files.readString(Path.of("src/test/java/dev/sqlmem/SqlMemTest.java"))
                .split(" *// README\n", -1);
        assertThat(parts).hasSize(3);
        String example = parts[1].replaceAll("(?m)^ {8}", "");
        assertThat(Files.readString(Path.of("..", "README.md"))).contains(example);
    }

    @Test
    void showsItsSettingsAndWhoSaidThem() throws Exception {
        try (SqlMem proxy = SqlMem.builder()
                        .upstream(url)
                        .fillWait(Duration.ofMillis(1_500))
                        .memoryLimit(64 << 20)
                        .tableRule("orders:never")
                        .start();
                Connection connection = DriverManager.getConnection(proxy.jdbcUrl(), "postgres", "");
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("SELECT name || '=' || value || ' ' || source FROM sqlmem.settings")) {
            List<String> seen = new ArrayList<>();
            while (rows.next()) {
                seen.add(rows.getString(1));
            }
            assertThat(seen)
                    .contains(
                            "listen=127.0.0.1:0 library",
                            "fill-wait=1500ms library",
                            "memory-limit=64MiB library",
                            "table=orders:never library",
                            "cache-db=none library",
                            "http=off library",
                            "mode=read-only default",
                            "drain-limit=5s default",
                            "event-loops=" + Runtime.getRuntime().availableProcessors() + " default")
                    .noneMatch(row -> row.startsWith("log"));
        }
    }

    /** A dot within quotes is part of the name. */
    @Test
    void findsATableWithADotInItsName() throws Exception {
        String dotted = SharedPostgres.createDatabase("dotted");
        SharedPostgres.execute(dotted, "CREATE TABLE \"a.b\" (c int)", "CREATE SCHEMA a", "CREATE TABLE a.b (c int)");
        try (SqlMem proxy = SqlMem.builder()
                .upstream(SharedPostgres.url(dotted))
                .tableRule("\"a.b\":preload=c")
                .tableRule("a.b:preload=c")
                .start()) {
            Await.until("both tables are loaded", () -> proxy.stats().getOrDefault("loads", 0L) == 2);
            for (String name : List.of("\"a.b\"", "public.\"a.b\"", "\"public\" . \"a.b\" ")) {
                assertThat(value(proxy, "SELECT sqlmem.refresh('" + name + "')"))
                        .isEqualTo("1 refreshed");
            }
            assertThat(value(proxy, "SELECT sqlmem.invalidate('\"a.b\"')")).isEqualTo("1");
            assertThat(value(proxy, "SELECT sqlmem.invalidate('\"a.b\"')")).isEqualTo("0");
            assertThat(value(proxy, "SELECT sqlmem.invalidate('a.b')")).isEqualTo("1");
        }
    }

    @Test
    void isInvalidatedRefreshedAndCounted() throws Exception {
        try (SqlMem proxy = SqlMem.builder()
                .upstream(url)
                .fillWait(Duration.ofSeconds(20))
                .mode(Mode.TRANSPARENT)
                .memoryLimit(64 << 20)
                .start()) {
            assertThat(status(proxy)).isEqualTo("shipped");
            SharedPostgres.execute(database, "UPDATE orders SET status = 'returned'");
            assertThat(status(proxy)).isEqualTo("shipped");
            assertThat(proxy.stats()).containsEntry("hits", 1L).containsEntry("misses", 1L);
            assertThat(proxy.invalidate("public.orders")).isEqualTo(1);
            assertThat(status(proxy)).isEqualTo("returned");
            SharedPostgres.execute(database, "UPDATE orders SET status = 'shipped'");
            assertThat(proxy.refresh("orders").get(20, TimeUnit.SECONDS)).isEqualTo(1);
            assertThat(status(proxy)).isEqualTo("shipped");
            assertThat(proxy.invalidateAll()).isEqualTo(1);
            assertThat(proxy.invalidate("nothing")).isZero();
            assertThat(proxy.warnings()).isEmpty();
        }
    }

    @Test
    void obeysItsRules() throws Exception {
        try (SqlMem proxy = SqlMem.builder()
                .upstream(url)
                .freshness("ttl:1h")
                .tableRule("orders:never")
                .tableRule("unknown:ttl=1s")
                .drainLimit(Duration.ofSeconds(1))
                .start()) {
            assertThat(status(proxy)).isEqualTo("shipped");
            assertThat(status(proxy)).isEqualTo("shipped");
            assertThat(proxy.stats()).containsEntry("hits", 0L);
            assertThat(proxy.warnings()).hasSize(1);
        }
    }

    @Test
    void isWarmAfterARestart(@TempDir Path directory) throws Exception {
        SqlMemBuilder kept =
                SqlMem.builder().upstream(url).fillWait(Duration.ofSeconds(20)).cacheDb(directory.resolve("cache.db"));
        try (SqlMem proxy = kept.start()) {
            assertThat(status(proxy)).isEqualTo("shipped");
        }
        try (SqlMem proxy = kept.start()) {
            assertThat(status(proxy)).isEqualTo("shipped");
            assertThat(proxy.stats()).containsEntry("loads", 0L).containsEntry("restored_tables", 1L);
        }
    }

    /** Rows that were kept before the rule was given are not used any more, and leave the disk. */
    @Test
    void whatARuleKeepsOutLeavesTheFileToo(@TempDir Path directory) throws Exception {
        String secrets = SharedPostgres.createDatabase("secrets");
        SharedPostgres.execute(
                secrets,
                "CREATE TABLE users (id int PRIMARY KEY, password_hash text)",
                "INSERT INTO users SELECT i, 'the secret of ' || i FROM generate_series(1, 100) i");
        Path file = directory.resolve("cache.db");
        SqlMemBuilder kept = SqlMem.builder()
                .upstream(SharedPostgres.url(secrets))
                .fillWait(Duration.ofSeconds(20))
                .cacheDb(file);
        String sql = "SELECT password_hash FROM users WHERE id = 7";
        try (SqlMem proxy = kept.start()) {
            assertThat(value(proxy, sql)).isEqualTo("the secret of 7");
        }
        assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).contains("the secret of 7");
        kept.tableRule("users:-password_hash");
        try (SqlMem proxy = kept.start()) {
            Await.until("the file is written without it", () -> !contains(file, "the secret of 7"));
            assertThat(value(proxy, sql)).isEqualTo("the secret of 7");
            assertThat(value(proxy, "SELECT count(*) FROM users")).isEqualTo("100");
            assertThat(proxy.stats()).containsEntry("hits", 0L);
        }
        assertThat(contains(file, "the secret of 7")).isFalse();
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatWasKeptTooLongIsNotAnswered(@TempDir Path directory) throws Exception {
        SqlMemBuilder kept = SqlMem.builder()
                .upstream(url)
                .fillWait(Duration.ofSeconds(20))
                .freshness("ttl:1ms")
                .cacheDb(directory.resolve("cache.db"));
        try (SqlMem proxy = kept.start()) {
            assertThat(status(proxy)).isEqualTo("shipped");
        }
        SharedPostgres.execute(database, "UPDATE orders SET status = 'lost'");
        try (SqlMem proxy = kept.start()) {
            Await.until("the table is restored", () -> proxy.stats().getOrDefault("restored_tables", 0L) == 1);
            assertThat(status(proxy)).isEqualTo("lost");
        } finally {
            SharedPostgres.execute(database, "UPDATE orders SET status = 'shipped'");
        }
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        assertThatIllegalStateException().isThrownBy(() -> SqlMem.builder().start());
        assertThatIllegalArgumentException().isThrownBy(() -> SqlMem.builder().upstream("nonsense"));
        assertThatIllegalArgumentException().isThrownBy(() -> SqlMem.builder().tableRule("orders"));
        assertThatIllegalArgumentException().isThrownBy(() -> SqlMem.builder().freshness("soon"));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(StartupException.class)
                    .isThrownBy(() -> SqlMem.builder()
                            .upstream(url)
                            .listen(taken.getLocalPort())
                            .start())
                    .withMessageContaining("cannot listen");
        }
    }

    @Test
    void nobodyIsServedAfterItsEnd() throws Exception {
        SqlMem proxy = SqlMem.builder().upstream(url).start();
        assertThat(status(proxy)).isEqualTo("shipped");
        proxy.close();
        proxy.close();
        assertThatThrownBy(() -> status(proxy)).isInstanceOf(SQLException.class);
    }
}
