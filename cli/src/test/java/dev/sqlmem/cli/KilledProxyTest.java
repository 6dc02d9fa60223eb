package dev.sqlmem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a proxy that saves without a pause, at any moment. The next one must serve exactly what the last
 * finished save had, or load afresh; and it must load afresh once the table has been loaded again after that
 * save. Every row of the table has the same version, so that a mixture would show.
 */
class KilledProxyTest {
    private static final int ROWS = 20_000;
    private static final int NOT_SAVED = -1;

    @TempDir
    private Path directory = Path.of("");

    /** The version that the last save had which was answered, and that of the one that may be under way. */
    private final AtomicInteger saved = new AtomicInteger(NOT_SAVED);

    private final AtomicInteger saving = new AtomicInteger(NOT_SAVED);
    private int restores;

    @BeforeEach
    void fill() {
        UpstreamServer.execute(
                UpstreamServer.DATABASE,
                "DROP TABLE IF EXISTS killed",
                "CREATE TABLE killed (id int PRIMARY KEY, version int, filler text)",
                "INSERT INTO killed SELECT n, 0, repeat('x', 50) FROM generate_series(1, " + ROWS + ") AS n",
                "GRANT SELECT, UPDATE ON killed TO " + UpstreamServer.ROLE);
    }

    @Test
    void leavesAWholeFileEightTimes() throws Exception {
        killAgainAndAgain(8);
    }

    @Test
    @Tag("stress")
    void leavesAWholeFileFiftyTimes() throws Exception {
        killAgainAndAgain(50);
        assertThat(restores).isGreaterThan(5);
    }

    private void killAgainAndAgain(int times) throws Exception {
        Random random = new Random(times);
        for (int i = 0; i < times; i++) {
            boolean fileIsThere = Files.exists(directory.resolve("cache.db"));
            try (SqlmemProcess serve = SqlmemProcess.start(
                            directory,
                            Map.of(),
                            "serve",
                            "--upstream",
                            UpstreamServer.url(),
                            "--listen",
                            "127.0.0.1:0",
                            "--fill-wait",
                            "20000");
                    Connection client = UpstreamServer.connect(serve.awaitReady())) {
                check(client, fileIsThere);
                CountDownLatch firstSave = new CountDownLatch(1);
                Thread saver = new Thread(() -> saveWithoutAPause(client, firstSave));
                saver.start();
                assertThat(firstSave.await(60, TimeUnit.SECONDS)).isTrue();
                LockSupport.parkNanos(random.nextInt(300_000_000)); // the moment is the point of the test
                serve.signal("KILL");
                serve.exitCode();
                saver.join();
            }
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .contains("cache.db")
                    .noneMatch(name -> name.contains("damaged") || name.contains("foreign"));
        }
    }

    /** The version in the file differs from the server's, which has been raised since. */
    private void check(Connection client, boolean fileIsThere) throws Exception {
        UpstreamServer.execute(UpstreamServer.DATABASE, "UPDATE killed SET version = version + 1");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (fileIsThere && stat(client, "restored_tables") + stat(client, "discarded_tables") == 0) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(2_000_000);
        }
        boolean restored = stat(client, "restored_tables") == 1;
        int version = version(client);
        assertThat(stat(client, "loads")).isEqualTo(restored ? 0 : 1);
        if (restored) {
            restores++;
            assertThat(version).isIn(saved.get(), saving.get());
        } else {
            assertThat(version).isEqualTo(versionOfTheServer());
        }
    }

    private void saveWithoutAPause(Connection client, CountDownLatch firstSave) {
        try {
            while (true) {
                UpstreamServer.execute(UpstreamServer.DATABASE, "UPDATE killed SET version = version + 1");
                one(client, "SELECT sqlmem.refresh('killed')");
                saving.set(version(client));
                assertThat(one(client, "SELECT sqlmem.backup()")).startsWith("saved 1 table");
                saved.set(saving.get());
                firstSave.countDown();
            }
        } catch (SQLException killed) {
            // as it should be
        }
    }

    private static int versionOfTheServer() throws SQLException {
        try (Connection direct = UpstreamServer.connect(UpstreamServer.port())) {
            return version(direct);
        }
    }

    private static int version(Connection client) throws SQLException {
        String sql = "SELECT min(version), max(version), count(*) FROM killed";
        try (Statement statement = client.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            assertThat(List.of(row.getInt(2), row.getInt(3))).isEqualTo(List.of(row.getInt(1), ROWS));
            return row.getInt(1);
        }
    }

    private static long stat(Connection client, String name) throws SQLException {
        return Long.parseLong(one(client, "SELECT value FROM sqlmem.stats WHERE name = '" + name + "'"));
    }

    private static String one(Connection client, String sql) throws SQLException {
        try (Statement statement = client.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
