package dev.sqlmem.upstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.catalog.TableName;
import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.SharedPostgres;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose readers meet a lock, and whether a session is still there. */
class LockReachTest {
    private static final String NAME = SharedPostgres.createDatabase("locks");
    private static final ServiceDatabase DATABASE = new ServiceDatabase(UpstreamUrl.parse(SharedPostgres.url(NAME)));

    @BeforeAll
    static void createTables() {
        SharedPostgres.execute(
                NAME,
                "CREATE TABLE root (id int PRIMARY KEY)",
                "CREATE TABLE refers (id int REFERENCES root ON DELETE CASCADE)",
                "CREATE TABLE parted (id int) PARTITION BY RANGE (id)",
                "CREATE TABLE part_1 PARTITION OF parted FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE part_2 PARTITION OF parted FOR VALUES FROM (10) TO (20)");
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @ParameterizedTest
    @CsvSource({"root, root", "refers, refers", "parted, part_1 part_2 parted", "part_1, part_1 parted", "nobody, ''"})
    void followsPartitions(String table, String reached) throws Exception {
        Set<String> names = new TreeSet<>();
        for (long oid : DATABASE.locksReach("public", new TableName(null, table))) {
            names.add(Objects.requireNonNull(DATABASE.definition(oid)).name());
        }
        assertThat(String.join(" ", names)).isEqualTo(reached);
    }

    @Test
    void aSessionIsThereUntilItEnds() throws Exception {
        int pid;
        try (Connection connection = SharedPostgres.connect(NAME);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            pid = row.getInt(1);
            assertThat(DATABASE.hasSession(pid, Duration.ZERO)).isTrue();
            // one that began later has only got the number of the one that is meant
            assertThat(DATABASE.hasSession(pid, Duration.ofHours(1))).isFalse();
        }
        Await.untilServerSays("NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = " + pid + ")");
        assertThat(DATABASE.hasSession(pid, Duration.ZERO)).isFalse();
    }
}
