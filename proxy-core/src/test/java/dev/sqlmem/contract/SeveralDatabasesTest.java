package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.RawClient;
import dev.sqlmem.testing.SharedPostgres;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every database of the server can be connected to, and has a cache of its own. */
class SeveralDatabasesTest {
    private static final String[] SCRIPT = {"CREATE TABLE here (id int, name text)"};
    private static final String PROBE = "SELECT name FROM here WHERE id = 1";

    private static Scene scene;
    private static String second;

    @BeforeAll
    static void start() {
        scene = Scene.transparent("several", SCRIPT);
        second = SharedPostgres.createDatabase("several");
        SharedPostgres.execute(second, SCRIPT);
        SharedPostgres.execute(second, "INSERT INTO here VALUES (1, 'second')");
        scene.behindTheProxy("INSERT INTO here VALUES (1, 'first')");
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    private static Client to(String database) {
        return new Client(LoginRequest.to(scene.proxy().port(), database));
    }

    @Test
    void keepsThemApart() {
        try (Client one = to(scene.database());
                Client two = to(second)) {
            scene.warm(one, PROBE);
            scene.warm(two, PROBE);
            assertThat(one.run(PROBE).value()).isEqualTo("first");
            assertThat(two.run(PROBE).value()).isEqualTo("second");
            for (Client client : List.of(one, two)) {
                assertThat(client.run("SELECT name, rows FROM sqlmem.tables").rows())
                        .containsExactly(List.of("here", "1"));
                assertThat(client.run("SELECT calls FROM sqlmem.statements WHERE route = 'serve'")
                                .column())
                        .hasSize(1);
            }
            assertThat(Scene.stat(one, "loads")).isEqualTo(2);
            assertThat(one.run("SELECT database FROM sqlmem.sessions ORDER BY database")
                            .column())
                    .containsExactlyInAnyOrder(scene.database(), second);

            scene.behindTheProxy("UPDATE here SET name = 'first, changed'");
            SharedPostgres.execute(second, "UPDATE here SET name = 'second, changed'");
            assertThat(one.run("SELECT sqlmem.invalidate('here')").value()).isEqualTo("1");
            assertThat(one.run(PROBE).value()).isEqualTo("first, changed");
            scene.warm(two, PROBE);
            assertThat(two.run(PROBE).value()).isEqualTo("second");
            two.run("SELECT sqlmem.invalidate_all()");
            assertThat(two.run(PROBE).value()).isEqualTo("second, changed");

            scene.warm(one, PROBE);
            two.run("UPDATE here SET name = 'written'");
            assertThat(two.run(PROBE).value()).isEqualTo("written");
            scene.warm(one, PROBE);
            two.run("DO $$ BEGIN END $$");
            scene.warm(one, PROBE);
        }
    }

    @Test
    void opensTheMaintenanceDatabaseToo() {
        try (Client client = to("postgres")) {
            assertThat(client.run("SELECT current_database()").value()).isEqualTo("postgres");
            assertThat(client.run("SELECT datname FROM pg_database WHERE datname = '" + second + "'")
                            .value())
                    .isEqualTo(second);
        }
    }

    @Test
    void saysAsTheServerDoesThatThereIsNoSuchDatabase() {
        RawClient client = RawClient.attempt(LoginRequest.to(scene.proxy().port(), "no such database"));
        assertThat(new Reply(client.startupFrames()).sqlState()).isEqualTo("3D000");
        client.close();
    }
}
