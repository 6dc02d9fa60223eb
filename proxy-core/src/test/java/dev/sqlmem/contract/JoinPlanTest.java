package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.FrameCompare;
import dev.sqlmem.testing.FrameCompare.ErrorMatch;
import dev.sqlmem.testing.RowOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Joins and look-ups find their rows by the indexes that the cache has built, whatever the type of the key: how often
 * SQLite reads a whole table, by its own account of its plan, and that the rows are the server's.
 */
class JoinPlanTest {
    private static final Pattern STORED = Pattern.compile("\\.t AS (r\\d+)");

    private static Scene scene;
    private static Client proxied;
    private static Client direct;

    /** A type of keys, and the expression that makes the i-th. */
    private enum Key {
        SMALLINT("smallint", "i"),
        INT("int", "i"),
        BIGINT("bigint", "i * 10000000000"),
        OID("oid", "i::oid"),
        BOOL("bool", "i % 2 = 0"),
        NUMERIC("numeric(12,2)", "i / 4.0"),
        WIDE_NUMERIC("numeric", "i / 4.0"),
        FLOAT4("real", "i / 4.0"),
        FLOAT8("double precision", "i / 3.0"),
        TEXT("text", "'key ' || i"),
        VARCHAR("varchar(20)", "'key ' || i"),
        BPCHAR("char(8)", "'k' || i"),
        NAME("name", "'key ' || i"),
        BYTEA("bytea", "decode(md5(i::text), 'hex')"),
        UUID("uuid", "md5(i::text)::uuid"),
        DATE("date", "date '2020-01-01' + i"),
        TIME("time", "time '00:00' + i * interval '1 minute'"),
        TIMETZ("timetz", "timetz '00:00+01' + i * interval '1 minute'"),
        TIMESTAMP("timestamp", "timestamp '2020-01-01' + i * interval '1 hour'"),
        TIMESTAMPTZ("timestamptz", "timestamptz '2020-01-01Z' + i * interval '1 hour'"),
        INTERVAL("interval", "i * interval '1 hour'"),
        INET("inet", "inet '10.0.0.0' + i"),
        MACADDR("macaddr", "lpad(to_hex(i), 12, '0')::macaddr"),
        BIT("bit(12)", "i::bit(12)"),
        ENUM("label", "('l' || i % 8)::label"),
        DOMAIN("positive", "i");

        final String type;
        final String value;

        Key(String type, String value) {
            this.type = type;
            this.value = value;
        }

        /** How often more a table may be read where so many rows share a value that SQLite prefers to. */
        int more() {
            return this == BOOL || this == ENUM ? 1 : 0;
        }

        String parent() {
            return "p_" + name().toLowerCase(java.util.Locale.ROOT);
        }

        String child() {
            return "c_" + name().toLowerCase(java.util.Locale.ROOT);
        }

        List<String> script() {
            return List.of(
                    "CREATE TABLE " + parent() + " (k " + type + " PRIMARY KEY, v int NOT NULL)",
                    "INSERT INTO " + parent() + " SELECT DISTINCT ON (k) k, i FROM (SELECT (" + value + ")::" + type
                            + " AS k, i FROM generate_series(1, 300) i) s ORDER BY k, i",
                    "CREATE TABLE " + child() + " (id int PRIMARY KEY, k " + type + ", w int)",
                    "INSERT INTO " + child() + " SELECT i, CASE WHEN i % 10 > 0 THEN ("
                            + value.replace("i ", "(i % 400 + 1) ") + ")::" + type
                            + " END, i FROM generate_series(1, 1200) i",
                    "CREATE INDEX ON " + child() + " (k)");
        }
    }

    @BeforeAll
    static void start() {
        List<String> script = new ArrayList<>(List.of(
                "CREATE TYPE label AS ENUM ('l0', 'l1', 'l2', 'l3', 'l4', 'l5', 'l6', 'l7')",
                "CREATE DOMAIN positive AS int CHECK (value > 0)"));
        Stream.of(Key.values()).flatMap(key -> key.script().stream()).forEach(script::add);
        script.add("CREATE TABLE loose (id int PRIMARY KEY, k int, b bigint, s text)");
        script.add("INSERT INTO loose SELECT i, i % 500, i, 'key ' || i FROM generate_series(1, 1500) i");
        script.add("CREATE TABLE item (order_id bigint, line smallint, sku int, PRIMARY KEY (order_id, line))");
        script.add("INSERT INTO item SELECT i / 3, i % 3, i % 300 + 1 FROM generate_series(1, 3000) i");
        script.add("CREATE INDEX ON item (sku)");
        script.add("CREATE TABLE moment (at timestamp PRIMARY KEY, n int)");
        script.add(
                "INSERT INTO moment SELECT timestamp '2020-01-01' + i * interval '6 hours', i FROM generate_series(1, 900) i");
        scene = Scene.transparent("join_plan", script.toArray(String[]::new));
        proxied = scene.client();
        direct = scene.direct();
    }

    @AfterAll
    static void stop() {
        proxied.close();
        direct.close();
        scene.close();
    }

    /** Requires a hit with the server's rows, and this many reads of whole stored tables, none of them to make an index. */
    private static void isFound(String sql, int scans) {
        scene.warm(proxied, sql);
        requireServersRows(sql);
        requireScans(sql, scans);
    }

    private static void requireServersRows(String sql) {
        assertThat(new FrameCompare(new RowOrder.Any(), ErrorMatch.MESSAGE)
                        .difference(direct.ask(sql).frames(), proxied.ask(sql).frames()))
                .as(sql)
                .isEmpty();
    }

    private static void requireScans(String sql, int scans) {
        List<String> explained = Scene.explain(proxied, sql);
        Set<String> stored = STORED.matcher(explained.toString())
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        List<String> steps = explained.stream()
                .filter(line -> line.startsWith("step: "))
                .map(line -> line.substring("step: ".length()))
                .toList();
        assertThat(steps).as("%s", explained).isNotEmpty();
        assertThat(steps.stream().filter(step -> step.startsWith("SCAN ") && stored.contains(relation(step))))
                .as("%s: %s", sql, explained)
                .hasSizeLessThanOrEqualTo(scans);
        assertThat(steps)
                .as("%s: %s", sql, explained)
                .noneMatch(step -> step.contains(" AUTOMATIC ") && stored.contains(relation(step)));
    }

    private static String relation(String step) {
        Matcher words = Pattern.compile("^\\S+ (\\S+)").matcher(step);
        return words.find() ? words.group(1) : "";
    }

    private static String literal(Key key) {
        String value = direct.run("SELECT k FROM " + key.parent() + " ORDER BY v LIMIT 1")
                .value();
        return key == Key.OID || key == Key.INT || key == Key.SMALLINT || key == Key.BIGINT || key == Key.DOMAIN
                ? value
                : "'" + value + "'";
    }

    @ParameterizedTest
    @EnumSource(Key.class)
    void joinsByAKeyOfEveryType(Key key) {
        String p = key.parent();
        String c = key.child();
        isFound("SELECT p.v, c.w FROM " + p + " p JOIN " + c + " c ON c.k = p.k", 1 + key.more());
        isFound("SELECT p.v, c.w FROM " + p + " p, " + c + " c WHERE p.k = c.k", 1 + key.more());
        isFound("SELECT p.v, c.w FROM " + p + " p JOIN " + c + " c USING (k)", 1 + key.more());
        isFound("SELECT p.v, c.w FROM " + p + " p LEFT JOIN " + c + " c ON c.k = p.k", 1 + key.more());
        isFound("SELECT p.v, c.w FROM " + c + " c LEFT JOIN " + p + " p ON c.k = p.k", 1 + key.more());
        isFound("SELECT p.v, c.w FROM " + p + " p RIGHT JOIN " + c + " c ON c.k = p.k", 1 + key.more());
        isFound("SELECT p.v, c.w FROM " + c + " c RIGHT JOIN " + p + " p ON c.k = p.k", 1 + key.more());
        isFound("SELECT p.v, c.w FROM " + p + " p FULL JOIN " + c + " c ON c.k = p.k", 2 + key.more());
        isFound("SELECT p.v, c.w FROM " + c + " c FULL JOIN " + p + " p USING (k)", 2 + key.more());
        isFound("SELECT a.w, b.w FROM " + c + " a JOIN " + c + " b ON a.k = b.k WHERE a.id = 11", key.more());
    }

    @ParameterizedTest
    @EnumSource(Key.class)
    void findsASubquerysRowsByAKeyOfEveryType(Key key) {
        String p = key.parent();
        String c = key.child();
        isFound("SELECT p.v, (SELECT max(c.w) FROM " + c + " c WHERE c.k = p.k) FROM " + p + " p", 1 + key.more());
        isFound("SELECT c.w, (SELECT p.v FROM " + p + " p WHERE p.k = c.k) FROM " + c + " c", 1 + key.more());
        isFound("SELECT v FROM " + p + " p WHERE EXISTS (SELECT 1 FROM " + c + " c WHERE c.k = p.k)", 1 + key.more());
        isFound(
                "SELECT v FROM " + p + " p WHERE NOT EXISTS (SELECT 1 FROM " + c + " c WHERE c.k = p.k)",
                1 + key.more());
        isFound(
                "SELECT w FROM " + c + " c WHERE NOT EXISTS (SELECT 1 FROM " + p + " p WHERE c.k = p.k)",
                1 + key.more());
        isFound("SELECT w FROM " + c + " WHERE k IN (SELECT k FROM " + p + " WHERE v < 4)", 1 + key.more());
        isFound("SELECT v FROM " + p + " WHERE k = ANY (SELECT k FROM " + c + " WHERE id = 11)", key.more());
        isFound(
                "SELECT p.v, d.w FROM " + p + " p JOIN (SELECT k, w FROM " + c
                        + " ORDER BY id LIMIT 99) d ON d.k = p.k",
                2 + key.more());
        isFound(
                "SELECT p.v, d.w FROM " + p + " p LEFT JOIN (SELECT k, w FROM " + c + " WHERE w > 5) d ON d.k = p.k",
                1 + key.more());
        isFound(
                "WITH d AS (SELECT k, w FROM " + c + " WHERE id < 9) SELECT p.v, d.w FROM d JOIN " + p
                        + " p ON d.k = p.k",
                key.more());
    }

    @ParameterizedTest
    @EnumSource(Key.class)
    void looksUpAKeyOfEveryType(Key key) {
        String p = key.parent();
        String c = key.child();
        String one = literal(key);
        isFound("SELECT v FROM " + p + " WHERE k = " + one, key.more());
        isFound("SELECT w FROM " + c + " WHERE k = " + one, key.more());
        if (key != Key.OID) { // a list of oids is relayed
            isFound("SELECT w FROM " + c + " WHERE k IN (" + one + ", " + one + ")", key.more());
        }
        isFound("SELECT p.v, c.w FROM " + p + " p JOIN " + c + " c ON c.k = p.k WHERE p.k = " + one, key.more());
        isFound("SELECT p.v, c.w FROM " + p + " p LEFT JOIN " + c + " c ON c.k = p.k WHERE p.k = " + one, key.more());
        isFound("SELECT p.v, c.w FROM " + c + " c RIGHT JOIN " + p + " p ON c.k = p.k WHERE p.k = " + one, key.more());
        isFound(
                "SELECT p.v FROM " + p + " p WHERE k = " + one + " AND EXISTS (SELECT 1 FROM " + c
                        + " c WHERE c.k = p.k)",
                key.more());
        requireScans("SELECT v FROM " + p + " WHERE k = $1", key.more());
        requireScans("SELECT w FROM " + c + " WHERE k = $1", key.more());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT p.v, c.w FROM p_bigint p JOIN c_int c ON c.k = p.k | 1",
                "SELECT p.v, l.id FROM p_int p LEFT JOIN loose l ON l.id = p.k | 1",
                "SELECT p.v, l.id FROM loose l LEFT JOIN p_int p ON l.b = p.k | 1",
                "SELECT l.id, c.w FROM loose l LEFT JOIN c_smallint c ON c.k = l.b | 1",
                "SELECT l.id, c.w FROM loose l LEFT JOIN c_bigint c ON c.k = l.id | 1",
                "SELECT l.id, i.sku FROM loose l LEFT JOIN item i ON i.order_id = l.id | 1",
                "SELECT l.id, i.sku FROM loose l LEFT JOIN item i ON i.order_id = l.k AND i.line = 2 | 1",
                "SELECT c.w, p.v FROM c_domain c LEFT JOIN p_int p ON p.k = c.k | 1",
                "SELECT c.w, p.v FROM c_text c LEFT JOIN p_varchar p ON p.k = c.k | 1",
                "SELECT c.w, p.v FROM c_varchar c LEFT JOIN p_text p ON p.k = c.k | 1",
                "SELECT d.v, m.n FROM p_date d LEFT JOIN moment m ON m.at = d.k | 1",
                "SELECT l.id, p.v FROM loose l LEFT JOIN p_numeric p ON p.k = l.id | 1",
                "SELECT l.id, (SELECT count(*) FROM item i WHERE i.order_id = l.id) FROM loose l WHERE l.id < 200 | 0",
                "SELECT l.id, c.w FROM loose l RIGHT JOIN c_int c ON c.k = l.id | 1",
                "SELECT l.id, c.w FROM c_int c FULL JOIN loose l ON c.k = l.k | 2",
                "SELECT l.id, c.w FROM loose l FULL JOIN c_int c ON c.k = l.k | 2",
                "SELECT p.v, d.n FROM p_int p RIGHT JOIN (SELECT k, count(*) AS n FROM loose GROUP BY k) d ON d.k = p.k | 1",
                "SELECT p.v, d.n FROM p_int p FULL JOIN (SELECT k, count(*) AS n FROM loose GROUP BY k) d ON d.k = p.k | 3",
                "SELECT p.v, d.n FROM (SELECT k, count(*) AS n FROM loose GROUP BY k) d FULL JOIN p_int p ON d.k = p.k | 3",
                "SELECT p.v, c.w, i.line, l.s FROM p_int p JOIN c_int c ON c.k = p.k JOIN item i ON i.sku = c.k"
                        + " JOIN loose l ON l.id = i.order_id WHERE p.k = 7 | 0",
                "SELECT p.v, c.w, i.line, l.s FROM p_int p JOIN c_int c ON c.k = p.k JOIN item i ON i.sku = c.k"
                        + " JOIN loose l ON l.id = i.order_id | 1",
                "SELECT p.v, c.w, i.line FROM p_int p LEFT JOIN c_int c ON c.k = p.k LEFT JOIN item i ON i.sku = c.k"
                        + " WHERE p.k < 5 | 0",
                "SELECT p.v, count(*) FROM p_int p JOIN c_int c USING (k) JOIN item i ON i.sku = p.k GROUP BY p.v | 1",
                "SELECT w FROM c_int WHERE k BETWEEN 3 AND 4 | 0",
                "SELECT w FROM c_numeric WHERE k > 70.123 | 0",
                "SELECT w FROM c_numeric WHERE k = 3 | 0",
                "SELECT w FROM c_int WHERE k = 3.0 | 0",
                "SELECT w FROM c_int WHERE k = '3' | 0",
                "SELECT w FROM c_timestamp WHERE k < '2020-01-03 00:00:00' | 0",
                "SELECT w FROM c_int WHERE k = ANY ('{1,2,3}') | 0",
                "SELECT w FROM c_text WHERE k = ANY ('{\"key 1\",\"key 2\"}') | 0",
                "SELECT w FROM c_uuid WHERE k = ANY ('{c4ca4238-a0b9-2382-0dcc-509a6f75849b}') | 0",
                "SELECT order_id FROM item WHERE order_id = 7 AND line = 1 | 0",
            })
    void joinsKeysOfTwoTypesAndOfSeveralTables(String sql, int scans) {
        isFound(sql, scans);
    }

    /** No index finds the rows, and they are found all the same: by an automatic one, or SQLite makes none. */
    @ParameterizedTest
    @MethodSource
    void findsWhatHasNoIndexWithoutComparingEachRowWithEach(String sql) {
        scene.warm(proxied, sql);
        requireServersRows(sql);
        List<String> steps = Scene.explain(proxied, sql).stream()
                .filter(line -> line.startsWith("step: "))
                .toList();
        assertThat(steps).anyMatch(step -> step.contains("AUTOMATIC")).noneMatch(step -> step.contains("RIGHT-JOIN"));
    }

    static List<String> findsWhatHasNoIndexWithoutComparingEachRowWithEach() {
        return List.of(
                "SELECT a.id, b.id FROM loose a FULL JOIN loose b ON a.k = b.b AND b.k = a.k",
                "SELECT a.id, b.id, k FROM loose a FULL JOIN loose b USING (k) WHERE a.id IS NULL OR b.id < 20",
                "SELECT p.v, a.id, b.id FROM p_int p, loose a FULL JOIN loose b ON a.k = b.b WHERE p.k = b.id AND p.k < 9",
                "SELECT p.v, a.id, b.id FROM p_int p LEFT JOIN (loose a FULL JOIN loose b ON a.k = b.b) ON p.k = b.id",
                "SELECT a.id, d.n FROM loose a RIGHT JOIN (SELECT b, count(*) AS n FROM loose GROUP BY b) d ON d.b = a.k",
                "SELECT a.id, b.id, d.k FROM loose a JOIN loose b ON a.b = b.k RIGHT JOIN (SELECT DISTINCT k FROM loose) d"
                        + " ON d.k = b.k AND a.id = d.k");
    }
}
