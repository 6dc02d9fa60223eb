package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.ExtendedQuery;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameCompare;
import dev.sqlmem.testing.FrameCompare.ErrorMatch;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.RowOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Definitions change behind the proxy and through it. Until the change is noticed the old answer may
 * stand, whole; never a mixture of the two.
 */
class DefinitionChangeTest {
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final FrameCompare COMPARE = new FrameCompare(new RowOrder.Total(), ErrorMatch.MESSAGE);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** Changes of a table that is called %1$s. */
    private static final List<String> CHANGES = List.of(
            "ALTER TABLE %1$s DROP COLUMN b",
            "ALTER TABLE %1$s ADD COLUMN d int DEFAULT 4",
            "ALTER TABLE %1$s DROP COLUMN a; ALTER TABLE %1$s ADD COLUMN a int DEFAULT 5",
            "ALTER TABLE %1$s ALTER COLUMN b TYPE text",
            "ALTER TABLE %1$s ALTER COLUMN b TYPE numeric(12,3)",
            "ALTER TABLE %1$s ALTER COLUMN b TYPE bigint USING b * 1000",
            "ALTER TABLE %1$s ALTER COLUMN b TYPE date USING current_date",
            "BEGIN; ALTER TABLE %1$s RENAME a TO z; ALTER TABLE %1$s RENAME b TO a;"
                    + " ALTER TABLE %1$s RENAME z TO b; COMMIT",
            "ALTER TABLE %1$s RENAME TO %1$s_moved",
            "DROP TABLE %1$s",
            "BEGIN; DROP TABLE %1$s; CREATE TABLE %1$s (b text, a bigint);"
                    + " INSERT INTO %1$s VALUES ('new', 9); COMMIT",
            "BEGIN; ALTER TABLE %1$s RENAME TO %1$s_moved; CREATE VIEW %1$s AS SELECT 7 AS a, 8 AS b; COMMIT",
            "CREATE SCHEMA other_%1$s; ALTER TABLE %1$s SET SCHEMA other_%1$s",
            "CREATE TABLE first.%1$s AS SELECT 'new' AS b, 5 AS a",
            "BEGIN; ALTER TABLE %1$s ENABLE ROW LEVEL SECURITY; TRUNCATE %1$s; COMMIT");

    private static Scene scene;
    private static Client direct;
    private static Client proxied;

    @BeforeAll
    static void start() {
        scene = Scene.transparent("definitions", "CREATE SCHEMA first");
        direct = new Client(scene.directLogin().set("search_path", "first, \"$user\", public"));
        proxied = new Client(scene.login().set("search_path", "first, \"$user\", public"));
    }

    @AfterAll
    static void stop() {
        proxied.close();
        direct.close();
        scene.close();
    }

    /** Creates a table and lets the cache have it; returns its name. */
    private static String newTable() {
        String name = "shifting" + NUMBER.incrementAndGet();
        direct.run("CREATE TABLE public." + name + " (a int, b int, c text)");
        direct.run("INSERT INTO " + name + " VALUES (1, 10, 'x'), (2, 20, 'y')");
        scene.warm(proxied, probe(name));
        return name;
    }

    private static String probe(String table) {
        return "SELECT a, b FROM " + table + " ORDER BY a";
    }

    private record Change(String table, String sql, List<Frame> before, List<Frame> after) {

        static Change make(String sql) {
            String table = newTable();
            String filled = String.format(sql, table);
            List<Frame> before = direct.ask(probe(table)).frames();
            direct.run(filled);
            return new Change(table, filled, before, direct.ask(probe(table)).frames());
        }

        /** Whether the proxy gives the new answer; fails where it gives neither the old one. */
        boolean isNoticed() {
            List<Frame> now = proxied.ask(probe(table)).frames();
            boolean isNew = COMPARE.difference(after, now).isEmpty();
            assertThat(isNew || COMPARE.difference(before, now).isEmpty())
                    .as("%s: old or new: %s", sql, now)
                    .isTrue();
            return isNew;
        }
    }

    /** From another connection to the server, which the proxy doesn't see. */
    @Test
    void areNoticedBehindTheProxy() {
        List<Change> open = new ArrayList<>();
        CHANGES.forEach(sql -> open.add(Change.make(sql)));
        List<Change> all = List.copyOf(open);
        Await.within(BOUND, "all of " + open, () -> {
            open.removeIf(Change::isNoticed);
            return open.isEmpty();
        });
        for (Change change : all) {
            String table = change.table;
            for (String sql : List.of(probe(table), "SELECT count(*) FROM " + table, "SELECT c FROM " + table)) {
                assertThat(Scene.difference(direct, proxied, sql))
                        .as(change.sql)
                        .isEmpty();
                assertThat(Scene.difference(direct, proxied, sql))
                        .as(change.sql)
                        .isEmpty();
            }
        }
    }

    /** A schema of the user's name takes the first place of its search path, though nobody has set anything. */
    @Test
    void areNoticedInTheSearchPath() {
        String table = newTable();
        direct.run("CREATE SCHEMA postgres; CREATE TABLE postgres." + table + " AS SELECT 'new' AS b, 5 AS a");
        Await.within(
                BOUND,
                "the schema",
                () -> Scene.difference(direct, proxied, probe(table)).isEmpty());
        direct.run("DROP SCHEMA postgres CASCADE");
        Await.within(
                BOUND,
                "no schema",
                () -> Scene.difference(direct, proxied, probe(table)).isEmpty());
    }

    /** Through the proxy they count at once, for everyone. */
    @Test
    void countAtOnceThroughTheProxy() {
        List<String> changes = new ArrayList<>(CHANGES);
        changes.add("BEGIN; ALTER TABLE %1$s DROP COLUMN b; ROLLBACK");
        changes.add("DO $$ BEGIN ALTER TABLE %1$s DROP COLUMN b; END $$");
        changes.add("CREATE SCHEMA postgres; CREATE TABLE postgres.%1$s (a int, b text)");
        changes.add("DROP SCHEMA IF EXISTS postgres CASCADE; TRUNCATE %1$s");
        try (Client other = new Client(scene.login().set("search_path", "first, \"$user\", public"))) {
            for (String change : changes) {
                String table = newTable();
                other.run(probe(table));
                proxied.run(String.format(change, table));
                for (int i = 0; i < 2; i++) {
                    assertThat(Scene.difference(direct, other, probe(table)))
                            .as(change)
                            .isEmpty();
                    assertThat(Scene.difference(direct, proxied, probe(table)))
                            .as(change)
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void servesANewColumn() {
        String table = newTable();
        direct.run("ALTER TABLE " + table + " ADD COLUMN d int DEFAULT 4");
        String sql = "SELECT a, d FROM " + table + " ORDER BY a";
        assertThat(proxied.run(sql).rows()).containsExactly(List.of("1", "4"), List.of("2", "4"));
        scene.warm(proxied, sql);
        assertThat(Scene.difference(direct, proxied, sql)).isEmpty();
    }

    /** A prepared statement fails as the server's would when its result changes, and lives on otherwise. */
    @Test
    void concernPreparedStatements() {
        for (String change : CHANGES) {
            if (change.startsWith("CREATE TABLE first")) {
                continue; // which of the two tables the server goes on with depends on what else it hears of
            }
            String table = newTable();
            ExtendedQuery query = ExtendedQuery.of(probe(table)).named("mine", "");
            direct.raw().extended(query);
            proxied.raw().extended(query);
            proxied.run(String.format(change, table));
            List<Frame> again =
                    List.of(query.bind(), FrontendFrames.describePortal(""), query.execute(), FrontendFrames.sync());
            assertSame(change, again);
            assertSame(change, again);
            assertSame(change, List.of(FrontendFrames.closeStatement("mine"), FrontendFrames.sync()));
            assertSame(change, query.frames());
            assertSame(change, List.of(FrontendFrames.closeStatement("mine"), FrontendFrames.sync()));
        }
    }

    private static void assertSame(String what, List<Frame> frames) {
        direct.raw().send(frames);
        proxied.raw().send(frames);
        assertThat(COMPARE.difference(
                        direct.raw().readUntilReady(), proxied.raw().readUntilReady()))
                .as(what)
                .isEmpty();
    }

    /** Each version of the table says its own number in both columns; a mixture would give itself away. */
    @Test
    void neverMixesVersionsUnderLoad() throws Exception {
        direct.run("CREATE TABLE public.twins (a int, b int); INSERT INTO public.twins VALUES (0, 0)");
        String sql = "SELECT a, b FROM public.twins";
        scene.warm(proxied, sql);
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try {
            List<Future<Integer>> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                readers.add(pool.submit(() -> {
                    int last = 0;
                    try (Client client = scene.client()) {
                        while (!over.get()) {
                            List<String> row = client.run(sql).rows().get(0);
                            assertThat(row.get(0)).isEqualTo(row.get(1));
                            assertThat(Integer.parseInt(row.get(0))).isGreaterThanOrEqualTo(last);
                            last = Integer.parseInt(row.get(0));
                        }
                    }
                    return last;
                }));
            }
            for (int version = 1; version <= 4; version++) {
                String now = String.valueOf(version);
                direct.run(
                        version % 2 == 0
                                ? "BEGIN; DROP TABLE public.twins; CREATE TABLE public.twins (b int, a int);"
                                        + " INSERT INTO public.twins VALUES (" + now + ", " + now + "); COMMIT"
                                : "BEGIN; ALTER TABLE public.twins RENAME a TO z; ALTER TABLE public.twins RENAME b TO a;"
                                        + " ALTER TABLE public.twins RENAME z TO b; UPDATE public.twins SET a = " + now
                                        + ", b = " + now
                                        + "; COMMIT");
                Await.within(
                        BOUND, "version " + now, () -> proxied.run(sql).rows().equals(List.of(List.of(now, now))));
            }
            over.set(true);
            for (Future<Integer> each : readers) {
                assertThat(each.get()).isLessThanOrEqualTo(4);
            }
        } finally {
            over.set(true);
            pool.shutdown();
        }
    }
}
