package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.testing.SharedPostgres;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** One statement over several cached tables: rights, writes and memory count for each of them. */
class SeveralTablesTest {
    private static final String READER = "several_tables_reader";
    private static final String[] SCRIPT = {
        "CREATE TABLE a (id int PRIMARY KEY, v int, hidden int)",
        "CREATE TABLE b (id int PRIMARY KEY, v int)",
        "CREATE TABLE c (id int PRIMARY KEY, v int)",
        "INSERT INTO a SELECT i, 0, i FROM generate_series(1, 50) i",
        "INSERT INTO b SELECT i, 0 FROM generate_series(1, 50) i",
        "INSERT INTO c SELECT i, i FROM generate_series(1, 50) i"
    };

    @Test
    void showsARoleOnlyWhatItMayReadOfEachTable() {
        SharedPostgres.execute("postgres", "DROP ROLE IF EXISTS " + READER, "CREATE ROLE " + READER + " LOGIN");
        try (Scene scene = Scene.transparent("several_rights", SCRIPT)) {
            scene.behindTheProxy("GRANT SELECT ON b TO " + READER, "GRANT SELECT (id, v) ON a TO " + READER);
            List<String> allowed = List.of(
                    "SELECT a.v, b.v FROM a JOIN b ON a.id = b.id WHERE a.id = 1",
                    "SELECT v FROM b WHERE EXISTS (SELECT 1 FROM a WHERE a.id = b.id AND a.id = 2)");
            List<String> denied = List.of(
                    "SELECT b.v, c.v FROM b JOIN c ON c.id = b.id WHERE b.id = 1",
                    "SELECT a.* FROM a JOIN b ON a.id = b.id WHERE a.id = 1",
                    "SELECT b.v FROM b JOIN a ON a.hidden = b.id WHERE b.id = 1",
                    "SELECT id FROM b WHERE id IN (SELECT id FROM c)",
                    "SELECT id FROM b UNION SELECT id FROM c",
                    "WITH w AS (SELECT id FROM c) SELECT b.id FROM b, w",
                    "SELECT count(*) FROM b, c");
            try (Client owner = scene.client()) {
                allowed.forEach(sql -> scene.warm(owner, sql));
                denied.forEach(sql -> scene.warm(owner, sql));
            }
            try (Client reader = new Client(scene.login().as(READER, null));
                    Client direct = new Client(scene.directLogin().as(READER, null))) {
                for (String sql : allowed) {
                    scene.warm(reader, sql);
                    assertThat(Scene.difference(direct, reader, sql)).as(sql).isEmpty();
                }
                for (String sql : denied) {
                    assertThat(direct.ask(sql).failed()).as(sql).isTrue();
                    assertThat(Scene.difference(direct, reader, sql)).as(sql).isEmpty();
                    assertThat(Scene.explain(reader, sql))
                            .as(sql)
                            .contains("route: relay")
                            .anyMatch(row -> row.contains("may not read"));
                }
            }
        }
    }

    @Test
    void cachesQueriesOverSeveralTablesInReadOnlyModeButNoJoins() {
        try (Scene scene = Scene.readOnly("several_read_only", SCRIPT);
                Client client = scene.client()) {
            for (String sql : List.of(
                    "SELECT id FROM a WHERE id IN (SELECT id FROM b WHERE id < 5)",
                    "SELECT id FROM a WHERE NOT EXISTS (SELECT 1 FROM b WHERE b.id = a.id AND b.v = a.v)",
                    "WITH w AS (SELECT id FROM b) SELECT count(*) FROM w",
                    "SELECT id FROM a UNION SELECT v FROM b",
                    "SELECT id, (SELECT max(v) FROM c) FROM a WHERE id = 3")) {
                scene.warm(client, sql);
            }
            for (String sql : List.of(
                    "SELECT id FROM a WHERE id IN (SELECT b.id FROM b JOIN c ON c.id = b.id)",
                    "SELECT id FROM a WHERE id IN (SELECT b.id FROM b, c)",
                    "SELECT id FROM a WHERE EXISTS (SELECT * FROM b)",
                    "WITH w AS (SELECT * FROM b) SELECT id FROM w",
                    "WITH w AS (SELECT id FROM b) SELECT a.id FROM a JOIN w ON w.id = a.id",
                    "SELECT id FROM a EXCEPT SELECT b.id FROM b CROSS JOIN c",
                    "SELECT id, (SELECT max(b.v) FROM b NATURAL JOIN c) FROM a")) {
                assertThat(client.ask(sql).frames().toString()).as(sql).contains("UnsupportedQueryError");
            }
        }
    }

    @Test
    void seesWritesToEachTableAndReturnsAllMemory() throws Exception {
        int open = Generation.open();
        int connections = Generation.openConnections();
        try (Scene scene = Scene.transparent("several_writes", SCRIPT)) {
            AtomicBoolean over = new AtomicBoolean();
            ExecutorService readers = Executors.newFixedThreadPool(3);
            List<Future<Integer>> reads = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                String others = List.of("c", "b JOIN c ON c.id = b.id", "b").get(i);
                reads.add(readers.submit(() -> read(scene, others, over)));
            }
            try (Client writer = scene.client()) {
                for (int i = 1; i <= 40; i++) {
                    String table = i % 2 == 0 ? "a" : "b";
                    writer.run("UPDATE " + table + " SET v = " + i);
                    List<String> sums = writer.run("SELECT max(a.v), max(b.v) FROM a JOIN b ON a.id = b.id")
                            .rows()
                            .get(0);
                    assertThat(sums).containsExactly(String.valueOf(i / 2 * 2), String.valueOf((i + 1) / 2 * 2 - 1));
                }
            }
            over.set(true);
            for (Future<Integer> read : reads) {
                assertThat(read.get()).isPositive();
            }
            readers.shutdown();
        }
        assertThat(Generation.open()).isEqualTo(open);
        assertThat(Generation.openConnections()).isEqualTo(connections);
    }

    private static int read(Scene scene, String others, AtomicBoolean over) {
        int answers = 0;
        int last = 0;
        try (Client client = scene.client()) {
            while (!over.get() || answers == 0) {
                String sql = "SELECT max(a.v) FROM a, " + others + " WHERE a.id > 0";
                int seen = Integer.parseInt(client.run(sql).value());
                assertThat(seen).as("never older than before").isGreaterThanOrEqualTo(last);
                last = seen;
                answers++;
            }
        }
        return answers;
    }

    @Test
    void saysOfEachTableWhenItWasLoaded() {
        try (Scene scene = Scene.transparent("several_explained", SCRIPT);
                Client client = scene.client()) {
            String sql = "SELECT a.v FROM a JOIN b ON a.id = b.id WHERE a.id = 7";
            scene.warm(client, sql);
            assertThat(Scene.explain(client, sql))
                    .contains("route: serve", "table: public.a", "columns: id, v", "table: public.b", "columns: id")
                    .contains("as_of: each table as of its own load, all of them current when the statement begins")
                    .contains("runs: on the event loop")
                    .filteredOn(row -> row.startsWith("loaded_at: "))
                    .hasSize(2);
        }
    }
}
