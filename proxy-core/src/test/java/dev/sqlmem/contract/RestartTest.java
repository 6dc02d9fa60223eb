package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.SharedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cache outlives the proxy, and nothing in it that must not. */
class RestartTest {
    private static final String[] SHOP = {
        "CREATE TABLE orders (id int PRIMARY KEY, status text, total numeric(10,2))",
        "INSERT INTO orders SELECT i, 'status ' || i % 7, i / 100.0 FROM generate_series(1, 5000) i",
        "CREATE TABLE customers (id int PRIMARY KEY, name text)",
        "INSERT INTO customers VALUES (1, 'one'), (2, 'two')",
    };
    private static final String ORDER = "SELECT status, total FROM orders WHERE id = 4711";
    private static final String CUSTOMER = "SELECT name FROM customers WHERE id = 2";

    @TempDir
    private Path directory = Path.of("");

    private @Nullable RestartScene scene;

    private RestartScene scene(Mode mode) {
        return scene(mode, directory.resolve("cache.db"));
    }

    private RestartScene scene(Mode mode, Path file) {
        RestartScene made = new RestartScene("restart", file, mode, SHOP);
        scene = made;
        return made;
    }

    @AfterEach
    void stop() {
        if (scene != null) {
            scene.close();
        }
    }

    @Test
    void answersItsFirstQueryFromTheFile() {
        RestartScene scene = scene(Mode.READ_ONLY);
        String loadedAt;
        try (Client client = scene.client()) {
            scene.warm(client, ORDER);
            scene.warm(client, CUSTOMER);
            loadedAt = client.run("SELECT loaded_at FROM sqlmem.tables WHERE name = 'orders'")
                    .value();
        }
        scene.stop();
        scene.behindTheProxy("UPDATE orders SET status = 'written meanwhile'");
        scene.tap().clear();
        scene.start();
        try (Client client = scene.client()) {
            scene.awaitRestored(client, 2, 0);
            assertThat(client.run(ORDER).rows()).containsExactly(List.of("status 0", "47.11"));
            assertThat(client.run(CUSTOMER).value()).isEqualTo("two");

            assertThat(scene.loads()).isEmpty();
            assertThat(Scene.stat(client, "hits")).isEqualTo(2);
            assertThat(Scene.stat(client, "loads")).isZero();
            assertThat(client.run("SELECT state, rows, loads, hits, loaded_at FROM sqlmem.tables WHERE name = 'orders'")
                            .rows())
                    .containsExactly(List.of("ready", "5000", "0", "1", loadedAt));

            assertThat(client.run("SELECT total FROM orders WHERE status = 'status 0' AND id < 8")
                            .value())
                    .isEqualTo("0.07");
            client.run("SELECT sqlmem.invalidate('orders')");
            assertThat(client.run("SELECT status FROM orders WHERE id = 1").value())
                    .isEqualTo("written meanwhile");
        }
    }

    @Test
    void savesOnDemandAndSaysWhat() throws IOException {
        RestartScene scene = scene(Mode.READ_ONLY);
        try (Client client = scene.client()) {
            scene.warm(client, ORDER);

            assertThat(client.run("SELECT sqlmem.backup()").value()).matches("saved 1 table, \\d+ kB");
            assertThat(client.extended("SELECT sqlmem.backup()").value()).startsWith("nothing to save: ");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(scene.file())))
                    .isEqualTo("rw-------");
            assertThat(Scene.stat(client, "saves")).isEqualTo(1);
            assertThat(Scene.stat(client, "save_failures")).isZero();
            assertThat(Scene.stat(client, "last_save_bytes")).isEqualTo(Files.size(scene.file()));
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("cache.db", "cache.db.lock");
        }
    }

    @Test
    void restoresEveryDatabase() {
        RestartScene scene = scene(Mode.READ_ONLY);
        String second = SharedPostgres.createDatabase("restart");
        SharedPostgres.execute(second, "CREATE TABLE here (a int)", "INSERT INTO here VALUES (42)");
        try (Client one = scene.client();
                Client two = scene.client(second)) {
            scene.warm(one, ORDER);
            scene.warm(two, "SELECT a FROM here");
        }
        scene.restart();
        try (Client one = scene.client()) {
            scene.awaitRestored(one, 2, 0);
            scene.tap().clear();
            try (Client two = scene.client(second)) {
                assertThat(two.run("SELECT a FROM here").value()).isEqualTo("42");
            }
            assertThat(scene.loads()).isEmpty();
        }
        scene.stop();
        SharedPostgres.execute("postgres", "DROP DATABASE \"" + second + "\" WITH (FORCE)");
        scene.start();
        try (Client one = scene.client()) {
            scene.awaitRestored(one, 1, 1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE orders ALTER status TYPE varchar(40)",
                "ALTER TABLE orders ALTER total TYPE numeric(12,2)",
                "ALTER TABLE orders ALTER status TYPE text COLLATE \"POSIX\"",
                "ALTER TABLE orders RENAME status TO state",
                "ALTER TABLE orders DROP status",
                "ALTER TABLE orders RENAME TO bookings",
                "ALTER TABLE orders ENABLE ROW LEVEL SECURITY",
                "CREATE SCHEMA away; ALTER TABLE orders SET SCHEMA away",
                "DROP TABLE orders",
                "DROP TABLE orders; CREATE TABLE orders (id int PRIMARY KEY, status text, total numeric(10,2))",
            })
    void discardsOnlyTheTableThatIsDefinedOtherwise(String change) {
        RestartScene scene = scene(Mode.READ_ONLY);
        try (Client client = scene.client()) {
            scene.warm(client, ORDER);
            scene.warm(client, CUSTOMER);
        }
        scene.stop();
        scene.behindTheProxy(change);
        scene.start();
        try (Client client = scene.client();
                Client direct = new Client(LoginRequest.to(SharedPostgres.port(), scene.database()))) {
            scene.awaitRestored(client, 1, 1);
            assertThat(client.ask(ORDER).rows()).isEqualTo(direct.ask(ORDER).rows());
            scene.tap().clear();
            assertThat(client.run(CUSTOMER).value()).isEqualTo("two");
            assertThat(scene.loads()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX ON orders (status)",
                "ALTER TABLE orders ADD note text DEFAULT 'x'",
                "ANALYZE orders; VACUUM orders",
                "GRANT SELECT ON orders TO PUBLIC",
            })
    void keepsATableWhoseChangeDoesNotMatter(String change) {
        RestartScene scene = scene(Mode.READ_ONLY);
        try (Client client = scene.client()) {
            scene.warm(client, ORDER);
        }
        scene.stop();
        scene.behindTheProxy(change.split("; "));
        scene.start();
        try (Client client = scene.client()) {
            scene.awaitRestored(client, 1, 0);
        }
    }

    @Test
    void doesNotBringBackWhatHasBeenInvalidatedSinceTheSave() throws IOException {
        RestartScene scene = scene(Mode.TRANSPARENT);
        try (Client client = scene.client()) {
            scene.warm(client, ORDER);
            scene.warm(client, CUSTOMER);
            client.run("SELECT sqlmem.backup()");
            client.run("UPDATE orders SET status = 'new' WHERE id = 4711");
        }
        Path killed = Files.copy(scene.file(), directory.resolve("as the killed process leaves it"));
        scene.stop();
        Files.move(killed, scene.file(), StandardCopyOption.REPLACE_EXISTING);
        scene.start();
        try (Client client = scene.client()) {
            scene.awaitRestored(client, 1, 1);
            assertThat(client.run(ORDER).rows()).containsExactly(List.of("new", "47.11"));
        }
    }

    @Test
    void doesNotGoBackBehindANewerLoad() throws IOException {
        RestartScene scene = scene(Mode.READ_ONLY);
        try (Client client = scene.client()) {
            scene.warm(client, "SELECT status FROM orders WHERE id = 4711");
            client.run("SELECT sqlmem.backup()");
            scene.behindTheProxy("UPDATE orders SET status = 'new'");
            scene.warm(client, ORDER);
            assertThat(client.run(ORDER).rows()).containsExactly(List.of("new", "47.11"));
        }
        Path killed = Files.copy(scene.file(), directory.resolve("as the killed process leaves it"));
        scene.stop();
        Files.move(killed, scene.file(), StandardCopyOption.REPLACE_EXISTING);
        scene.start();
        try (Client client = scene.client()) {
            scene.awaitRestored(client, 0, 1);
            assertThat(client.run("SELECT status FROM orders WHERE id = 4711").value())
                    .isEqualTo("new");
        }
    }

    @Test
    void keepsNothingOfAServerThatItCannotIdentifyOnceTheAccountMayNotReadTheIdentifier() {
        RestartScene scene = scene(Mode.READ_ONLY);
        try (Client client = scene.client()) {
            scene.warm(client, ORDER);
        }
        scene.stop();
        String role = "restart_" + scene.database();
        scene.behindTheProxy(
                "CREATE ROLE " + role + " LOGIN",
                "GRANT SELECT ON orders, customers TO " + role,
                "REVOKE EXECUTE ON FUNCTION pg_control_system() FROM PUBLIC");
        scene.startAs(role);
        try (Client client = scene.client()) {
            scene.awaitRestored(client, 0, 1); // saved under the identifier, which this account does not see
            scene.warm(client, ORDER);
        }
        scene.restart();
        try (Client client = scene.client()) {
            scene.awaitRestored(client, 1, 0); // the server has not been restarted: its start identifies it
        } finally {
            scene.stop();
            scene.behindTheProxy(
                    "GRANT EXECUTE ON FUNCTION pg_control_system() TO PUBLIC",
                    "DROP OWNED BY " + role,
                    "DROP ROLE " + role);
        }
    }

    @Test
    void leavesOutWhatTheMemoryLimitHasNoRoomFor() {
        RestartScene scene = scene(Mode.READ_ONLY);
        try (Client client = scene.client()) {
            scene.warm(client, ORDER);
            scene.warm(client, CUSTOMER);
        }
        scene.stop();
        scene.startWithin(100_000);
        try (Client client = scene.client()) {
            scene.awaitRestored(client, 1, 1);
            assertThat(client.run(CUSTOMER).value()).isEqualTo("two");
            assertThat(client.run("SELECT name FROM sqlmem.tables WHERE state = 'ready'")
                            .value())
                    .isEqualTo("customers");
        }
    }

    @Test
    void goesOnWithoutAFile() throws IOException {
        Path notADirectory = Files.createFile(directory.resolve("file"));
        RestartScene scene = scene(Mode.READ_ONLY, notADirectory.resolve("cache.db"));
        try (Client client = scene.client()) {
            scene.warm(client, ORDER);
            Reply backup = client.ask("SELECT sqlmem.backup()");

            assertThat(backup.sqlState()).isEqualTo("58030");
            assertThat(backup.message()).startsWith("the cache could not be saved: ");
            assertThat(backup.hint()).contains("goes on");
            assertThat(Scene.stat(client, "save_failures")).isEqualTo(1);
            assertThat(client.run(ORDER).rows()).containsExactly(List.of("status 0", "47.11"));
        }
    }

    @Test
    void leavesAFileAloneThatAnotherProxyUses() {
        RestartScene scene = scene(Mode.READ_ONLY);
        try (Client client = scene.client()) {
            scene.warm(client, ORDER);
        }
        scene.restart();
        try (RestartScene other = new RestartScene("restart", scene.file(), Mode.READ_ONLY, SHOP);
                Client client = other.client()) {
            other.warm(client, ORDER);
            assertThat(client.ask("SELECT sqlmem.backup()").message()).contains("another SQLmem uses");
        }
        scene.restart();
        try (Client client = scene.client()) {
            scene.awaitRestored(client, 1, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "what is this", "SQLmem cache.db\n and then something else, long enough for a header"})
    void setsAsideAFileThatIsNone(String content) throws IOException {
        Path file = Files.writeString(directory.resolve("cache.db"), content);
        RestartScene scene = scene(Mode.READ_ONLY);
        try (Client client = scene.client()) {
            scene.warm(client, ORDER);
            client.run("SELECT sqlmem.backup()");
        }
        try (Stream<Path> all = Files.list(directory)) {
            assertThat(all.filter(path -> path.toString().matches(".*cache.db.(damaged|foreign)-\\d{8}T\\d{9}Z"))
                            .findFirst())
                    .hasValueSatisfying(aside -> assertThat(aside).hasContent(content));
        }
        assertThat(Files.size(file)).isGreaterThan(100_000);
    }

    @Test
    void saysThatThereIsNoFileToSaveTo() {
        try (Scene without = Scene.readOnly("restart", SHOP);
                Client client = without.client()) {
            Reply backup = client.ask("SELECT sqlmem.backup()");

            assertThat(backup.sqlState()).isEqualTo("55000");
            assertThat(backup.hint()).contains("--cache-db");
        }
    }
}
