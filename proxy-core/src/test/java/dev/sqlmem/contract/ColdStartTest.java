package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.ExtendedQuery;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.LogCapture;
import dev.sqlmem.testing.SharedPostgres;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A client that does not wait for the cache still brings its tables there: the first statement over a table, relayed
 * at once, is followed by the plan, the question about rights, the time zone and the load, without any other statement.
 */
class ColdStartTest {
    private static final String GUEST = "cold_start_guest";

    private static Scene scene;
    private static Client owner;

    @BeforeAll
    static void start() {
        SharedPostgres.execute("postgres", "DROP ROLE IF EXISTS " + GUEST, "CREATE ROLE " + GUEST + " LOGIN");
        List<String> script = new ArrayList<>();
        for (String table : List.of("extended", "named", "parsed", "one", "other", "zoned", "secret", "allowed")) {
            script.add("CREATE TABLE " + table + " (id int PRIMARY KEY, v int, t timestamptz)");
            script.add("INSERT INTO " + table + " SELECT i, i, '2024-06-01 12:00+00' FROM generate_series(1, 50) i");
        }
        script.add("GRANT SELECT ON allowed TO " + GUEST);
        scene = impatient("cold_start", Duration.ZERO, script.toArray(String[]::new));
        owner = scene.client();
    }

    private static Scene impatient(String name, Duration fillWait, String... script) {
        return Scene.with(
                name, config -> config.mode(Mode.TRANSPARENT).fillWait(fillWait), InstantSource.system(), script);
    }

    @AfterAll
    static void stop() {
        owner.close();
        scene.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void oneSimpleQueryBringsItsTable(int fillWaitMillis) {
        String sql = "SELECT v FROM cold WHERE id = 7";
        try (Scene cold = impatient(
                        "cold_start_simple",
                        Duration.ofMillis(fillWaitMillis),
                        "CREATE TABLE cold (id int PRIMARY KEY, v int)",
                        "INSERT INTO cold SELECT i, i FROM generate_series(1, 50) i");
                Client client = cold.client()) {
            assertThat(client.run(sql).value()).isEqualTo("7");

            awaitReady(client, "cold");

            assertThat(cold.isHit(client, sql)).isTrue();
        }
    }

    @Test
    void oneClientThatHasLeftHasBroughtItsTable() {
        String sql = "SELECT v FROM one WHERE id = 3";
        try (Client brief = scene.client()) {
            brief.run(sql);
        }

        awaitReady(owner, "one");

        assertThat(scene.isHit(owner, sql)).isTrue();
    }

    @Test
    void oneUnnamedStatementOfTheExtendedProtocol() {
        String sql = "SELECT v FROM extended WHERE id = $1";
        assertThat(owner.extended(sql, 7).value()).isEqualTo("7");

        awaitReady(owner, "extended");

        scene.tap().clear();
        assertThat(owner.extended(sql, 8).value()).isEqualTo("8");
        assertThat(scene.tap().statements()).isEmpty();
    }

    @Test
    void oneNamedStatementThatIsBoundAgainLater() {
        ExtendedQuery query =
                ExtendedQuery.of("SELECT v FROM named WHERE id < 4 ORDER BY id").named("mine", "");
        assertThat(owner.frames(query.parse(), query.bind(), query.execute(), FrontendFrames.sync())
                        .column())
                .containsExactly("1", "2", "3");

        awaitReady(owner, "named");

        scene.tap().clear();
        assertThat(owner.frames(query.bind(), query.execute(), FrontendFrames.sync())
                        .column())
                .containsExactly("1", "2", "3");
        assertThat(scene.tap().statements()).isEmpty();
    }

    @Test
    void aStatementThatIsOnlyPreparedYet() {
        ExtendedQuery query = ExtendedQuery.of("SELECT v FROM parsed WHERE id < 3 ORDER BY id")
                .named("prepared", "");
        owner.frames(query.parse(), FrontendFrames.sync());

        awaitReady(owner, "parsed");

        scene.tap().clear();
        assertThat(owner.frames(query.bind(), query.execute(), FrontendFrames.sync())
                        .column())
                .containsExactly("1", "2");
        assertThat(scene.tap().statements()).isEmpty();
    }

    @Test
    void oneStatementOverSeveralTables() {
        String sql = "SELECT other.v FROM other JOIN named ON named.id = other.id WHERE other.id = 5";
        assertThat(owner.run(sql).value()).isEqualTo("5");

        awaitReady(owner, "other");
        awaitReady(owner, "named");

        assertThat(scene.isHit(owner, sql)).isTrue();
    }

    @Test
    void aTimeZoneThatNobodyHasProvenYet() {
        String sql = "SELECT t FROM zoned WHERE id = 1";
        try (Client client = new Client(scene.login().set("TimeZone", "Asia/Kathmandu"))) {
            assertThat(client.run(sql).value()).isEqualTo("2024-06-01 17:45:00+05:45");

            awaitReady(client, "zoned");

            assertThat(scene.isHit(client, sql)).isTrue();
            assertThat(client.run(sql).value()).isEqualTo("2024-06-01 17:45:00+05:45");
        }
    }

    @Test
    void nothingIsLoadedForARoleThatMayNotReadIt() {
        String sql = "SELECT v FROM secret WHERE id = 1";
        try (Client guest = new Client(scene.login().as(GUEST, null))) {
            assertThat(guest.ask(sql).sqlState()).isEqualTo("42501");
            Await.until(
                    "the rights are known",
                    () -> Scene.explain(guest, sql).toString().contains("may not read all of these columns"));

            guest.run("SELECT v FROM allowed WHERE id = 1");
            awaitReady(guest, "allowed");

            assertThat(state(guest, "secret")).isNotIn("ready", "loading");
            assertThat(scene.tap().statements()).noneMatch(text -> text.startsWith("COPY") && text.contains("secret"));
        }
        owner.run(sql);
        awaitReady(owner, "secret");
    }

    @Test
    void whoComesWhileALongLoadRunsDoesNotWaitForIt() {
        String[] script = {"CREATE TABLE held (id int PRIMARY KEY, v int)", "INSERT INTO held VALUES (1, 1)"};
        try (Scene cold = impatient("cold_start_held", Duration.ofMillis(100), script);
                Client client = cold.client();
                LogCapture log = LogCapture.from(Level.DEBUG)) {
            cold.tap().holdLoads();
            client.run("SELECT v FROM held WHERE id = 1");
            Await.until("the load runs", () -> state(client, "held").equals("loading"));
            Await.until("nobody waits for it", () -> {
                client.run("SELECT v FROM held WHERE id = 1");
                return log.lines().stream().anyMatch(line -> line.contains("takes longer than a statement waits"));
            });

            cold.tap().releaseLoads();
            awaitReady(client, "held");

            assertThat(cold.isHit(client, "SELECT v FROM held WHERE id = 1")).isTrue();
        }
    }

    private static void awaitReady(Client client, String table) {
        Await.until(table + " is loaded", () -> state(client, table).equals("ready"));
    }

    private static String state(Client client, String table) {
        List<String> states = client.run("SELECT state FROM sqlmem.tables WHERE name = '" + table + "'")
                .column();
        return states.isEmpty() ? "" : states.get(0);
    }
}
