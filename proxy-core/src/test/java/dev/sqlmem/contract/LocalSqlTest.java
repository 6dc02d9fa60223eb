package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sqlmem.testing.ExtendedQuery;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.Parameter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sqlmem.*}: the proxy's own tables and functions, for any client. */
class LocalSqlTest {
    private static final String PROBE = "SELECT a, b FROM orders ORDER BY a";

    private static Scene scene;
    private static Client client;
    private static int number;

    @BeforeAll
    static void start() {
        scene = Scene.readOnly(
                "local_sql",
                "CREATE TABLE orders (a int, b text, c timestamptz)",
                "INSERT INTO orders VALUES (1, 'one', now()), (2, 'two', now())",
                "CREATE SCHEMA other",
                "CREATE TABLE other.orders (a int)",
                "INSERT INTO other.orders VALUES (1)",
                "CREATE TABLE \"Odd Name\" (a int)",
                "INSERT INTO \"Odd Name\" VALUES (1)",
                "CREATE TABLE items (a int)",
                "CREATE VIEW seen AS SELECT a FROM orders");
        client = scene.client();
    }

    @AfterAll
    static void stop() {
        client.close();
        scene.close();
    }

    @BeforeEach
    void warm() {
        scene.warm(client, PROBE);
        scene.warm(client, "SELECT a FROM other.orders");
        scene.warm(client, "SELECT a FROM \"Odd Name\"");
    }

    private static String change() {
        String value = "changed " + ++number;
        scene.behindTheProxy("UPDATE orders SET b = '" + value + "' WHERE a = 1");
        return value;
    }

    private static String seen() {
        return client.run("SELECT b FROM orders WHERE a = 1").value();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT sqlmem.invalidate('orders') | 2",
                "SELECT sqlmem.invalidate('public.orders') | 1",
                "SELECT sqlmem.invalidate('ORDERS') | 2",
                "SELECT sqlmem.invalidate('\"public\".\"orders\"') | 1",
                "select SQLMEM . Invalidate ( ' orders ' ) | 2",
                "SELECT \"sqlmem\".\"invalidate\"(('orders'::text)) | 2",
                "SELECT sqlmem.invalidate(('public.orders')::varchar) | 1",
                "SELECT * FROM sqlmem.invalidate('orders') | 2",
                "SELECT sqlmem.invalidate('orders') AS n | 2",
                "SELECT invalidate FROM sqlmem.invalidate('orders') AS i | 2",
                "SELECT sqlmem.invalidate_all() | 3",
                "SELECT * FROM sqlmem.invalidate_all() | 3",
                "SELECT sqlmem.refresh('public.orders') | 1 refreshed"
            })
    void forgetsATable(String sql, String answer) {
        String before = seen();
        String value = change();
        assertThat(seen()).isEqualTo(before);
        assertThat(client.run(sql).value()).isEqualTo(answer);
        assertThat(seen()).isEqualTo(value);
        warm();
        assertThat(client.extended(sql).value()).isEqualTo(answer);
    }

    @Test
    void forgetsOnlyWhatIsNamed() {
        assertThat(client.run("SELECT sqlmem.invalidate('other.orders')").value())
                .isEqualTo("1");
        scene.warm(client, PROBE);
        assertThat(client.run("SELECT sqlmem.invalidate('\"Odd Name\"')").value())
                .isEqualTo("1");
        assertThat(client.run("SELECT sqlmem.invalidate('Odd Name')").value()).isEqualTo("0");
        assertThat(client.run("SELECT sqlmem.invalidate('nowhere')").value()).isEqualTo("0");
        assertThat(client.run("SELECT sqlmem.invalidate('no.such.table')").value())
                .isEqualTo("0");
        assertThat(client.run("SELECT sqlmem.invalidate('')").value()).isEqualTo("0");
        scene.warm(client, PROBE);
    }

    @Test
    void takesABoundParameterFromADriver() throws Exception {
        for (String mode : List.of("extended", "simple", "extendedForPrepared", "extendedCacheEverything")) {
            try (Connection connection = scene.jdbc("preferQueryMode=" + mode);
                    PreparedStatement invalidate = connection.prepareStatement("SELECT sqlmem.invalidate(?)");
                    PreparedStatement find = connection.prepareStatement(
                            "SELECT name, rows FROM sqlmem.tables WHERE schema = ? AND name = ?")) {
                for (int i = 0; i < 7; i++) {
                    warm();
                    String value = change();
                    invalidate.setString(1, "public.orders");
                    try (ResultSet row = invalidate.executeQuery()) {
                        assertThat(row.next()).isTrue();
                        assertThat(row.getLong(1)).isEqualTo(1);
                    }
                    assertThat(seen()).isEqualTo(value);
                    if (mode.equals("simple")) {
                        continue; // the driver writes ('public'), which is more than a literal
                    }
                    find.setString(1, "public");
                    find.setString(2, "orders");
                    try (ResultSet row = find.executeQuery()) {
                        assertThat(row.next()).isTrue();
                        assertThat(row.getString("name")).isEqualTo("orders");
                        assertThat(row.getLong("rows")).isEqualTo(2);
                        assertThat(row.next()).isFalse();
                    }
                }
            }
        }
    }

    /** Once the invalidation is answered, nobody sees what was there before it began. */
    @Test
    void givesNoStaleAnswerAfterwards() throws Exception {
        try (Client other = scene.client();
                Client third = scene.client()) {
            for (int i = 0; i < 50; i++) {
                String sql = "SELECT b FROM orders WHERE a = 1";
                third.raw().send(FrontendFrames.query(sql)); // may be loading while all of this happens
                String value = change();
                client.run("SELECT sqlmem.invalidate('orders')");
                assertThat(other.run(sql).value()).isEqualTo(value);
                third.raw().readUntilReady();
                assertThat(third.run(sql).value()).isEqualTo(value);
            }
        }
    }

    @Test
    void explainsHowAStatementWouldBeAnswered() {
        List<String> served = Scene.explain(client, "SELECT a FROM orders WHERE b = 'one' ORDER BY a LIMIT 1");
        assertThat(served)
                .contains("route: serve", "table: public.orders", "columns: a, b", "cached: yes")
                .anyMatch(row -> row.startsWith("sqlite: SELECT"))
                .anyMatch(row -> row.startsWith("loaded_at: 20"))
                .contains("shape: select a from orders where b = ? order by a limit ?");
        assertThat(Scene.explain(client, "SELECT c FROM orders"))
                .contains("route: serve", "cached: no: the statement would load it first");
        assertThat(client.run("SELECT columns FROM sqlmem.tables WHERE schema = 'public' AND name = 'orders'")
                        .value())
                .isEqualTo("a, b");
        assertThat(Scene.explain(client, "SELECT a FROM seen")).contains("route: relay", "reason: public.seen: view");
        assertThat(Scene.explain(client, "SELECT * FROM orders"))
                .contains("route: refuse")
                .anyMatch(row -> row.startsWith("reason: 0A000 UnsupportedQueryError: "))
                .anyMatch(row -> row.startsWith("hint: Name the columns"));
        assertThat(Scene.explain(client, "DELETE FROM orders"))
                .contains("route: refuse")
                .anyMatch(row -> row.startsWith("reason: 25006 ReadOnlyError: "));
        assertThat(Scene.explain(client, "SELECT sqlmem.invalidate_all()")).contains("route: local");
        assertThat(Scene.explain(client, "SELECT 'unfinished")).contains("route: relay");
        assertThat(Scene.explain(client, "")).contains("route: relay");
        assertThat(client.run(
                                "SELECT value FROM sqlmem.explain('SELECT a FROM orders WHERE a = 1') WHERE name = 'route'")
                        .value())
                .isEqualTo("serve");
        assertThat(client.extended("SELECT value FROM sqlmem.explain($1) WHERE name = $2", "SELECT 1", "route")
                        .value())
                .isEqualTo("relay");
        assertThat(client.run("SELECT sqlmem.explain('SELECT a FROM orders')").rows())
                .contains(List.of("route", "serve"));
    }

    @Test
    void showsItsTablesInFull() {
        assertThat(columns("tables"))
                .startsWith(
                        "schema",
                        "name",
                        "columns",
                        "state",
                        "reason",
                        "rows",
                        "bytes",
                        "generation",
                        "loaded_at",
                        "age_seconds",
                        "loads",
                        "hits",
                        "misses",
                        "indexes");
        assertThat(columns("columns"))
                .startsWith("schema", "table_name", "name", "type", "storage", "ordering", "bytes");
        assertThat(columns("statements"))
                .startsWith("shape", "route", "reason", "calls", "hits", "misses", "rows", "mean_micros", "p99_micros");
        assertThat(columns("sessions"))
                .startsWith("pid", "role", "database", "client", "state", "upstream", "since", "statements");
        assertThat(columns("stats")).startsWith("name", "value");
        assertThat(columns("settings")).startsWith("name", "value", "source");
    }

    private static List<String> columns(String table) {
        Reply reply = client.run("SELECT * FROM sqlmem." + table);
        ByteBuffer description = ByteBuffer.wrap(reply.frames().get(0).body());
        List<String> names = new ArrayList<>();
        int count = description.getShort();
        for (int i = 0; i < count; i++) {
            ByteBuffer rest = description.slice();
            int end = 0;
            while (rest.get(end) != 0) {
                end++;
            }
            byte[] name = new byte[end];
            description.get(name);
            description.position(description.position() + 1 + 18);
            names.add(new String(name, StandardCharsets.UTF_8));
        }
        assertThat(reply.rows()).allSatisfy(row -> assertThat(row).hasSize(names.size()));
        return names;
    }

    @Test
    void answersOrdinarySelectsOverItsTables() {
        assertThat(client.run("SELECT name, state FROM sqlmem.tables WHERE schema = 'public' AND rows > 0"
                                + " ORDER BY name DESC LIMIT 1")
                        .rows())
                .containsExactly(List.of("orders", "ready"));
        assertThat(client.run("SELECT t.name FROM sqlmem.tables AS t WHERE t.name LIKE 'ord%' OR t.rows BETWEEN 1 AND 1"
                                + " ORDER BY t.schema, t.name")
                        .column())
                .containsExactly("orders", "Odd Name", "orders");
        assertThat(client.run("SELECT count(*) FROM sqlmem.tables WHERE name IN ('orders', 'items')")
                        .value())
                .isEqualTo("2");
        assertThat(client.run("SELECT schema, count(*), sum(rows) FROM sqlmem.tables GROUP BY schema ORDER BY schema")
                        .rows())
                .containsExactly(List.of("other", "1", "1"), List.of("public", "2", "3"));
        assertThat(client.run("SELECT name, type, storage FROM sqlmem.columns WHERE table_name = 'orders'"
                                + " AND schema = 'public' ORDER BY name")
                        .rows())
                .containsExactly(List.of("a", "integer", "integer"), List.of("b", "text", "text"));
        assertThat(client.run("SELECT DISTINCT schema FROM sqlmem.tables ORDER BY schema OFFSET 1")
                        .column())
                .containsExactly("public");
        assertThat(client.run("SELECT role, database, state FROM sqlmem.sessions WHERE state <> 'idle'")
                        .rows())
                .contains(List.of("postgres", scene.database(), "active"));
        assertThat(Scene.stat(client, "sessions")).isEqualTo(1);
        assertThat(Scene.stat(client, "memory_bytes")).isPositive().isLessThan(Scene.stat(client, "memory_limit"));
        assertThat(client.run("SELECT name FROM sqlmem.stats ORDER BY name").column())
                .contains(
                        "hits",
                        "misses",
                        "relayed",
                        "refused",
                        "loads",
                        "evictions",
                        "fallbacks",
                        "verified",
                        "mismatches",
                        "memory_bytes",
                        "memory_limit",
                        "sessions",
                        "uptime_seconds");
        client.run("SELECT name, value, source FROM sqlmem.settings ORDER BY name");
        client.run("-- a comment\nSELECT name /* another */ FROM \"sqlmem\".\"stats\" ;");
    }

    @Test
    void answersInBinaryAndInPieces() {
        Reply whole = new Reply(client.raw()
                .extended(ExtendedQuery.of("SELECT name, value FROM sqlmem.stats WHERE name = $1")
                        .with(Parameter.text("memory_limit"))
                        .binaryResults()));
        List<byte[]> cells = whole.frames().stream()
                .filter(frame -> frame.is('D'))
                .map(FrameText::cells)
                .findFirst()
                .orElseThrow();
        assertThat(new String(cells.get(0), StandardCharsets.UTF_8)).isEqualTo("memory_limit");
        assertThat(ByteBuffer.wrap(cells.get(1)).getLong()).isEqualTo(Scene.stat(client, "memory_limit"));

        ExtendedQuery some = ExtendedQuery.of("SELECT name FROM sqlmem.stats ORDER BY name")
                .named("mine", "portal")
                .limit(2);
        client.raw().send(some.parse(), some.bind(), some.execute(), some.execute(), FrontendFrames.sync());
        Reply pieces = new Reply(client.raw().readUntilReady());
        assertThat(pieces.column()).hasSize(4).isSorted();
        assertThat(pieces.frames().stream().filter(frame -> frame.is('s'))).hasSize(2);
        client.frames(FrontendFrames.closeStatement("mine"), FrontendFrames.sync());
    }

    @Test
    void tellsADriverTheTypes() throws Exception {
        try (Connection connection = scene.jdbc();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT pid, role, since, statements FROM sqlmem.sessions ORDER BY since DESC LIMIT 1")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getMetaData().getColumnTypeName(1)).isEqualTo("int8");
            assertThat(row.getMetaData().getColumnTypeName(3)).isEqualTo("timestamptz");
            assertThat(row.getString("role")).isEqualTo("postgres");
            assertThat(row.getTimestamp("since").toInstant()).isBefore(java.time.Instant.now());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "SELECT a FROM sqlmem.nonsense # 42P01 # relation or function \"sqlmem.nonsense\" does not exist",
                "SELECT sqlmem.nonsense() # 42P01 # relation or function \"sqlmem.nonsense\" does not exist",
                "SELECT sqlmem.invalidate() # 42883 # function sqlmem.invalidate takes 1 argument of type text",
                "SELECT sqlmem.invalidate('a', 'b') # 42883 # function sqlmem.invalidate takes 1 argument of type text",
                "SELECT sqlmem.invalidate_all('x') # 42883 # function sqlmem.invalidate_all takes 0 arguments",
                "SELECT sqlmem.tables() # 42809 # sqlmem.tables is a table",
                "SELECT name FROM sqlmem.invalidate # 42809 # sqlmem.invalidate is a function",
                "SELECT sqlmem.invalidate(5) # 0A000 # UnsupportedQueryError: ",
                "SELECT nonsense FROM sqlmem.tables # 42703 # no column nonsense in sqlmem.tables",
                "SELECT name FROM sqlmem.tables WHERE nonsense = 1 # 42703 # no column nonsense in sqlmem.tables",
                "SELECT initcap(name) FROM sqlmem.tables # 0A000 # UnsupportedQueryError: ",
                "SELECT name FROM sqlmem.tables, sqlmem.stats # 0A000 # UnsupportedQueryError: ",
                "DELETE FROM sqlmem.tables # 0A000 # UnsupportedQueryError: ",
                "INSERT INTO sqlmem.stats VALUES ('x', 1) # 0A000 # UnsupportedQueryError: ",
                "CREATE TABLE sqlmem.stats AS SELECT 1 # 0A000 # UnsupportedQueryError: ",
                "SELECT FROM WHERE sqlmem.stats # 0A000 # UnsupportedQueryError: ",
                "SELECT sqlmem.invalidate(E'or\\x64ers') # 0A000 # UnsupportedQueryError: an argument that is no plain string",
                "SELECT sqlmem.invalidate('a' || 'b') # 0A000 # UnsupportedQueryError: an argument that is an expression",
                "SELECT 1; SELECT sqlmem.invalidate('orders') # 0A000 # UnsupportedQueryError: sqlmem.* and other"
            })
    void saysWhatIsWrong(String sql, String sqlState, String message) {
        for (Reply reply : List.of(client.ask(sql), client.extended(sql))) {
            assertThat(reply.sqlState()).as("%s", reply.frames()).isEqualTo(sqlState);
            assertThat(reply.message()).startsWith(message);
            assertThat(reply.status()).isEqualTo('I');
        }
        assertThat(client.run("SELECT 1").value()).isEqualTo("1");
    }

    @Test
    void raisesItsErrorsInADriver() throws Exception {
        try (Connection connection = scene.jdbc();
                Statement statement = connection.createStatement()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.executeQuery("SELECT * FROM sqlmem.nonsense"))
                    .withMessageContaining("does not exist")
                    .returns("42P01", SQLException::getSQLState);
        }
    }

    /** No name of the upstream database is hidden by these, and in a block they answer all the same. */
    @ParameterizedTest
    @ValueSource(strings = {"SELECT count(*) FROM sqlmem.tables", "SELECT sqlmem.invalidate('nowhere')"})
    void answersInsideBlocks(String sql) {
        client.run("BEGIN");
        assertThat(client.run(sql).status()).isEqualTo('T');
        client.run("COMMIT");
        client.run("BEGIN ISOLATION LEVEL SERIALIZABLE");
        assertThat(client.run(sql).status()).isEqualTo('T');
        client.run("ROLLBACK");
    }

    @Test
    void sendsNothingUpstream() {
        scene.tap().clear();
        client.run("SELECT name, value FROM sqlmem.stats");
        client.run("SELECT sqlmem.invalidate('nowhere')");
        client.extended("SELECT shape FROM sqlmem.statements WHERE calls > $1", 0);
        client.run("SELECT 'end'");
        assertThat(scene.tap().statements()).containsExactly("SELECT 'end'");
    }
}
