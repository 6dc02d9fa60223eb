package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.ExtendedQuery;
import dev.sqlmem.testing.FrameCompare;
import dev.sqlmem.testing.FrameCompare.ErrorMatch;
import dev.sqlmem.testing.RowOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of which types answers come from the cache, in which formats, and under which settings. */
class TypeHitsTest {
    private static final FrameCompare COMPARE = new FrameCompare(new RowOrder.Total(), ErrorMatch.MESSAGE);

    /** A type, one of its values, and what it is like. */
    private record Kind(String name, String type, String value, Trait... traits) {
        boolean is(Trait trait) {
            return List.of(traits).contains(trait);
        }

        @Override
        public String toString() {
            return type;
        }
    }

    private enum Trait {
        /** Its values can be sorted. */
        ORDERED,
        /** Equal values look the same. */
        IDENTITY,
        /** Can't be compared at all. */
        OPAQUE,
        /** Its text is not to be had under other date styles. */
        ISO_ONLY,
        /** Its text is not to be had under {@code extra_float_digits} of 0. */
        FLOATS,
        /** Its text is the server's business. */
        BINARY_ONLY
    }

    private static final Trait[] PLAIN = {Trait.ORDERED, Trait.IDENTITY};
    private static final List<Kind> KINDS = List.of(
            new Kind("f4", "float4", "1.5", Trait.ORDERED, Trait.FLOATS),
            new Kind("f8", "float8", "NaN", Trait.ORDERED, Trait.FLOATS),
            new Kind("num", "numeric", "1.10", Trait.ORDERED),
            new Kind("num_30", "numeric(30,5)", "1.10000", Trait.ORDERED),
            new Kind("span", "interval", "1 mon 00:00:01", Trait.ORDERED),
            new Kind("day", "date", "2024-02-29", PLAIN),
            new Kind("clock", "time", "12:34:56.7", PLAIN),
            new Kind("clock_tz", "timetz", "12:34:56+05:30", PLAIN),
            new Kind("stamp", "timestamp", "2024-02-29 12:34:56", PLAIN),
            new Kind(
                    "stamp_tz", "timestamptz", "2024-02-29 12:34:56+00", Trait.ORDERED, Trait.IDENTITY, Trait.ISO_ONLY),
            new Kind("object", "oid", "4294967295", PLAIN),
            new Kind("label", "name", "a name", PLAIN),
            new Kind("bytes", "bytea", "\\x00ff5c", PLAIN),
            new Kind("net", "inet", "10.0.0.1/8", PLAIN),
            new Kind("block", "cidr", "10.0.0.0/8", PLAIN),
            new Kind("mac", "macaddr", "08:00:2b:01:02:03", PLAIN),
            new Kind("mac8", "macaddr8", "08:00:2b:01:02:03:04:05", PLAIN),
            new Kind("bits", "bit(3)", "101", PLAIN),
            new Kind("more_bits", "varbit", "1011", PLAIN),
            new Kind("feeling", "mood", "happy", PLAIN),
            new Kind("feeling_2", "good_mood", "happy", Trait.OPAQUE),
            new Kind("small", "positive", "7", PLAIN),
            new Kind("ints", "int[]", "{1,2}", Trait.IDENTITY),
            new Kind("feelings", "mood[]", "{sad,happy}", Trait.IDENTITY),
            new Kind("floats", "float8[]", "{1.5,NULL}", Trait.OPAQUE, Trait.FLOATS),
            new Kind("stamps", "timestamptz[]", "{2024-02-29 12:34:56+00}", Trait.IDENTITY, Trait.ISO_ONLY),
            new Kind("doc", "json", "{\"a\" : 1}", Trait.OPAQUE),
            new Kind("docs", "jsonb", "{\"a\": 1.00}", Trait.OPAQUE),
            new Kind("mark", "xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?><a/>", Trait.OPAQUE),
            new Kind("spot", "point", "(1.5,2)", Trait.OPAQUE, Trait.FLOATS),
            new Kind("numbers", "int4range", "[1,5)", Trait.OPAQUE),
            new Kind("days", "daterange", "[2024-01-01,2024-02-01)", Trait.OPAQUE, Trait.BINARY_ONLY),
            new Kind("multi", "nummultirange", "{[1,2]}", Trait.OPAQUE),
            new Kind("words", "tsvector", "'a' 'b':2", Trait.OPAQUE),
            new Kind("place", "pg_lsn", "16/B374D848", Trait.OPAQUE),
            new Kind("class", "regclass", "pg_class", Trait.OPAQUE, Trait.BINARY_ONLY),
            new Kind("both", "pair", "(1,\"x y\")", Trait.OPAQUE),
            new Kind("stretch", "moods", "[sad,happy]", Trait.OPAQUE));
    private static final Set<String> NEVER = Set.of("money", "\"char\"");

    private static Scene scene;
    private static Client direct;
    private static Client proxied;

    @BeforeAll
    static void start() {
        List<String> script = new ArrayList<>(List.of(
                "CREATE TYPE mood AS ENUM ('sad', 'happy')",
                "CREATE DOMAIN good_mood AS mood CHECK (VALUE > 'sad')",
                "CREATE DOMAIN positive AS int CHECK (VALUE > 0)",
                "CREATE TYPE pair AS (a int, b text)",
                "CREATE TYPE moods AS RANGE (subtype = mood)"));
        for (Kind kind : KINDS) {
            String table = "t_" + kind.name;
            script.add("CREATE TABLE " + table + " (id int PRIMARY KEY, v " + kind.type + ")");
            script.add("INSERT INTO " + table + " VALUES (1, '" + kind.value.replace("'", "''") + "'), (2, NULL)");
        }
        script.add("CREATE TABLE never (id int PRIMARY KEY, a money, b \"char\")");
        script.add("INSERT INTO never VALUES (1, 5, 'x')");
        scene = Scene.readOnly("types", script.toArray(String[]::new));
        direct = scene.direct();
        proxied = scene.client();
    }

    @AfterAll
    static void stop() {
        proxied.close();
        direct.close();
        scene.close();
    }

    static List<Kind> kinds() {
        return KINDS;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void areWrittenOut(Kind kind) {
        String sql = "SELECT id, v FROM t_" + kind.name + " ORDER BY id";
        scene.warm(proxied, "SELECT count(v) FROM t_" + kind.name);

        assertSame(direct, proxied, ExtendedQuery.of(sql).binaryResults(), true);
        assertSame(direct, proxied, ExtendedQuery.of(sql), !kind.is(Trait.BINARY_ONLY));
        assertSame(
                direct,
                proxied,
                ExtendedQuery.of("SELECT count(*), count(v) FROM t_" + kind.name + " WHERE v IS NOT NULL"),
                !kind.name.equals("both")); // of a row it asks for its fields
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void areCompared(Kind kind) {
        scene.warm(proxied, "SELECT count(v) FROM t_" + kind.name);
        String from = " FROM t_" + kind.name;
        if (!kind.is(Trait.OPAQUE)) {
            String literal = "'" + kind.value + "'";
            assertSame(direct, proxied, ExtendedQuery.of("SELECT id" + from + " WHERE v = " + literal), true);
            assertSame(direct, proxied, ExtendedQuery.of("SELECT count(DISTINCT v)" + from), true);
        }
        if (kind.is(Trait.ORDERED)) {
            assertSame(direct, proxied, ExtendedQuery.of("SELECT id" + from + " ORDER BY v DESC"), true);
        }
        if (!kind.is(Trait.OPAQUE)) {
            assertSame(
                    direct,
                    proxied,
                    ExtendedQuery.of("SELECT DISTINCT v" + from + " WHERE id = 1"),
                    kind.is(Trait.IDENTITY));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET DateStyle = 'German'; SET IntervalStyle = 'iso_8601'",
                "SET DateStyle = 'Postgres, DMY'; SET IntervalStyle = 'sql_standard'; SET bytea_output = escape",
                "SET extra_float_digits = 0"
            })
    void followTheSettings(String settings) {
        boolean iso = !settings.contains("DateStyle");
        boolean shortest = !settings.contains("extra_float_digits");
        try (Client other = scene.direct();
                Client another = scene.client()) {
            other.run(settings);
            another.run(settings);
            for (Kind kind : KINDS) {
                scene.warm(proxied, "SELECT count(v) FROM t_" + kind.name);
                String sql = "SELECT v FROM t_" + kind.name + " ORDER BY id";
                boolean hit = !kind.is(Trait.BINARY_ONLY)
                        && (iso || !kind.is(Trait.ISO_ONLY))
                        && (shortest || !kind.is(Trait.FLOATS));
                assertSame(other, another, ExtendedQuery.of(sql), hit);
                assertSame(other, another, ExtendedQuery.of(sql).binaryResults(), true);
            }
        }
    }

    /** Asks the second time for what was found out the first time. */
    private static void assertSame(Client straight, Client through, ExtendedQuery query, boolean hit) {
        for (int i = 0; i < 2; i++) {
            assertThat(COMPARE.difference(
                            straight.raw().extended(query), through.raw().extended(query)))
                    .as("%s", query.sql())
                    .isEmpty();
        }
        scene.tap().clear();
        through.raw().extended(query);
        assertThat(scene.tap().statements().isEmpty())
                .as("hit: %s", query.sql())
                .isEqualTo(hit);
    }

    @Test
    void leaveSomeToTheServer() {
        for (String column : List.of("a", "b")) {
            assertSame(direct, proxied, ExtendedQuery.of("SELECT " + column + " FROM never"), false);
        }
        assertThat(NEVER).hasSize(2);
    }

    @Test
    void noticeThatLabelsChange() {
        scene.behindTheProxy(
                "CREATE TYPE size AS ENUM ('small', 'large')",
                "CREATE TABLE shirts (id int PRIMARY KEY, s size)",
                "INSERT INTO shirts VALUES (1, 'large'), (2, 'small')");
        String sql = "SELECT id, s FROM shirts ORDER BY s";
        scene.warm(proxied, sql);

        scene.behindTheProxy("ALTER TYPE size RENAME VALUE 'small' TO 'tiny'", "ALTER TYPE size ADD VALUE 'medium'");

        Await.within(
                Duration.ofSeconds(10),
                "the new labels",
                () -> Scene.difference(direct, proxied, sql).isEmpty());
        scene.warm(proxied, sql);
        assertThat(Scene.difference(direct, proxied, sql)).isEmpty();
    }
}
