package dev.sqlmem.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.RawClient;
import dev.sqlmem.testing.RowOrder;
import dev.sqlmem.testing.SharedPostgres;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Expressions chosen by hand: what must come from the cache, and what looks as if it could but must not,
 * because it raises an error or because the parser groups it in another way than PostgreSQL.
 */
@Tag("proxy")
class ExpressionCasesTest {
    private static String database;
    private static ProxyUnderTest proxy;
    private static SessionPair pair;
    private static RawClient admin;

    @BeforeAll
    static void start() {
        database = SharedPostgres.createDatabase("expression_cases", "TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
        SharedPostgres.execute(
                database,
                "CREATE TABLE e (id int PRIMARY KEY, i int NOT NULL, s int2, b int8, n numeric(10,2), m numeric(8,4),"
                        + " t text, v varchar(10), c char(5), f bool, d date, ts timestamp, u uuid)",
                "INSERT INTO e SELECT k, k * 7 - 300, k % 100, k * 1000000007::int8, k / 7.0 - 5, k / 9.0,"
                        + " chr(96 + k % 27) || repeat('é', k % 3), nullif('v' || k % 4, 'v3'), 'c' || k % 3, k % 2 = 0,"
                        + " date '2023-12-25' + k, timestamp '1999-12-31 22:00' + k * interval '7 hours 3 seconds',"
                        + " md5(k::text)::uuid FROM generate_series(1, 90) k",
                "INSERT INTO e (id, i) VALUES (91, 0), (92, -1)",
                "CREATE TABLE edge (id int PRIMARY KEY, i int, s int2, b int8, n numeric(18,0), z int, d date, ts timestamp)",
                "INSERT INTO edge VALUES (1, 2147483647, 32767, 9223372036854775807, 999999999999999999, 0, 'infinity',"
                        + " '-infinity'), (2, -2147483648, -32768, -9223372036854775808, -999999999999999999, 1,"
                        + " '5874897-12-31', '294276-12-31 23:59:59.999999'), (3, 1, 1, 1, 1, 0, '4714-11-24 BC',"
                        + " '4714-11-24 00:00 BC'), (4, NULL, NULL, NULL, NULL, NULL, NULL, NULL)",
                "CREATE TABLE none (id int PRIMARY KEY, i int)",
                "ANALYZE");
        proxy = ProxyUnderTest.inFrontOf(SharedPostgres.port(), database, Mode.READ_ONLY);
        LoginRequest proxied = LoginRequest.to(proxy.port(), database);
        pair = new SessionPair(
                SessionKind.PLAIN,
                LoginRequest.to(SharedPostgres.port(), database).set("default_transaction_read_only", "on"),
                proxied);
        admin = RawClient.connect(proxied);
    }

    @AfterAll
    static void stop() {
        admin.close();
        pair.close();
        proxy.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // constants and their names
                "SELECT 1, 'x', NULL, 1.50, true AS t, -2147483648, 3000000000 FROM e WHERE id = 3",
                "SELECT count(1), count('x') FROM e",
                "SELECT id FROM e WHERE 1 = 1 AND true",
                // integer arithmetic truncates, and keeps the sign of the dividend
                "SELECT i / 2, i % 4, - i, abs(i), i / -3, -5 / 2, mod(i, 7) FROM e",
                "SELECT i + 1, s * 2, b - 1, s + i, i + b FROM e WHERE id < 50",
                "SELECT i & 12, i | 3, i # 5, ~ i, i >> 2, s << 3 FROM e",
                "SELECT i & 3 | 4 # 1, 2 + 3 * 4 FROM e WHERE id = 1",
                "SELECT sum(b) FROM edge",
                "SELECT i + 2 * 3 - id % 5, (i + 2) * (3 - id) FROM e",
                // numerics keep their scales
                "SELECT n + m, n - 1, n * m, n * 1.5, - n, n % 3, n + i, n * 0 FROM e",
                "SELECT n / 3, n / m, i / 7.0, 1 / 3.0, round(n / 7, 3) FROM e WHERE m <> 0",
                "SELECT round(n), round(n, 1), round(m, 2), trunc(m, 1), floor(n), ceil(n), n::int, m::numeric(6,1) FROM e",
                "SELECT avg(i), avg(n), avg(m), avg(s), avg(b), round(avg(n), 2) FROM e",
                "SELECT avg(i) FROM e WHERE id < 0",
                "SELECT f, avg(n), sum(n) / count(*) FROM e GROUP BY f",
                "SELECT coalesce(n, 0), coalesce(n, m, 1), coalesce(sum(n) , 0) FROM e GROUP BY n, m",
                "SELECT coalesce(sum(n), 0), coalesce(max(n), 0.000), sum(coalesce(n, 0)) FROM e WHERE id > 1000",
                "SELECT CASE WHEN i > 0 THEN n ELSE 0 END, sum(CASE WHEN f THEN n ELSE 0 END) FROM e GROUP BY i, n",
                // choices
                "SELECT CASE i % 3 WHEN 0 THEN 'zero' WHEN 1 THEN v END, CASE WHEN f THEN 1 ELSE 2.5 END FROM e",
                "SELECT nullif(i, 1), nullif(v, 'v1'), greatest(i, id, NULL), least(t, v), greatest(s, NULL) FROM e",
                "SELECT coalesce(v, t, 'none'), coalesce(d, date '2024-01-01') FROM e",
                // strings
                "SELECT t || v, t || '-' || i, length(t), octet_length(t), char_length(v), length(c) FROM e",
                "SELECT substr(t, 2), substr(t, -1, 3), substring(t from 2 for 1), left(t, -1), right(t, 2) FROM e",
                "SELECT strpos(t, 'é'), position('' in t), trim(both 'a' from t), ltrim(v, 'v'), replace(t, 'é', 'e') FROM e",
                "SELECT ascii(t), concat(t, i, NULL, v), concat_ws('/', v, NULL, t), starts_with(t, 'a') FROM e",
                "SELECT t || c, i::text || t, f::text, v::char(2), t::varchar(1) FROM e",
                "SELECT left(t, -2147483648), right(t, -2147483648), right(t, -2147483647), left(t, 2147483647) FROM e",
                "SELECT substr(c, 2), left(c, -1), right(c, 3), strpos(c, '1'), trim(c), replace(c, 'c', ' '), ascii(c) FROM e",
                "SELECT substring(c from 2 for 9) || '|', starts_with(c, 'c1'), position('2' in c) FROM e WHERE left(c, 2) = 'c1'",
                // dates
                "SELECT date(ts), isfinite(d), isfinite(ts) FROM e WHERE date(ts) > '2000-01-01' AND isfinite(ts)",
                "SELECT id, isfinite(d), isfinite(ts), date(ts) FROM edge",
                "SELECT d + 7, d - 1, d - date '2024-01-01', d::timestamp, ts::date FROM e",
                "SELECT ts + interval '1 day', ts - interval '90 minutes', d + interval '2 hours' FROM e",
                "SELECT d + interval '1 month', d - interval '1 year 1 month 2 days', ts + interval '13 months 3 hours' FROM e",
                "SELECT d + interval '2' month, ts - interval '1' year, ts + interval '90' second FROM e",
                "SELECT id FROM e WHERE d < date '2024-01-31' + interval '1' month",
                "SELECT id FROM e WHERE ts >= timestamp '2000-01-31 10:00:00' - interval '1 month 1 day'",
                "SELECT id FROM e WHERE d BETWEEN timestamp '2024-01-31 00:00:00' AND date '2024-02-02' + interval '12 hours'",
                "SELECT id, d < ts, d = ts, ts <= d FROM e WHERE d > timestamp '2024-01-01 00:00:00'",
                "SELECT id, d < ts, d = ts, ts >= d FROM edge",
                "SELECT id FROM edge WHERE ts < d OR d <= timestamp '9999-12-31 23:59:59.999999'",
                "SELECT extract(year from d), extract(dow from ts), extract(epoch from ts), extract(second from ts) FROM e",
                "SELECT date_trunc('month', ts), date_trunc('week', ts), count(*) FROM e GROUP BY 1, 2",
                // predicates over expressions
                "SELECT id FROM e WHERE n * 2 > 3.5 AND length(t) = 2 AND (f IS NOT TRUE OR v IS NULL)",
                "SELECT id FROM e WHERE n IS DISTINCT FROM 1.00 AND i IS NOT DISTINCT FROM -1",
                "SELECT id FROM e WHERE (f, i) IN ((true, 8), (false, 1)) OR (i, t) >= (300, 'a')",
                "SELECT id FROM e WHERE i = ANY ('{8,1,NULL}') OR t = ANY (ARRAY['a', 'é']) OR id <> ALL ('{1,2}'::int[])",
                "SELECT id FROM e WHERE i BETWEEN SYMMETRIC 10 AND -10 OR i IN (n, 8, NULL)",
                "SELECT id FROM e WHERE (t LIKE '%!_' ESCAPE '!') OR c LIKE 'c1  _' OR t || v LIKE 'a%'",
                "SELECT n = NULL, i <> 8, t < 'c', (n > 1) = f FROM e",
                "SELECT id FROM e WHERE b > n AND i < m",
                // groups
                "SELECT i % 5 AS k, count(*), min(t), max(v || t) FROM e GROUP BY k HAVING count(*) > 10 ORDER BY 1",
                "SELECT i % 5, sum(i * 2) FROM e GROUP BY i % 5 ORDER BY count(*) DESC, i % 5",
                "SELECT count(*) FILTER (WHERE f), sum(n) FILTER (WHERE i > 0), count(DISTINCT i % 3) FROM e",
                "SELECT f, string_agg(t, ',' ORDER BY t), bool_and(i > 0), every(f) FROM e GROUP BY f",
                "SELECT id, t FROM e GROUP BY id HAVING max(i) > 100",
                "SELECT DISTINCT i % 3, length(t) FROM e ORDER BY i % 3, 2",
                "SELECT id, i + 1 AS j FROM e ORDER BY j DESC, length(t)",
                "SELECT id FROM e ORDER BY i % 10, id OFFSET 3 LIMIT 5",
                "SELECT id FROM e ORDER BY i DESC, id FETCH FIRST ROW ONLY",
                // an operand that is not evaluated raises nothing
                "SELECT i / 2 FROM none WHERE i = 0",
                "SELECT 10 / i FROM none",
                "SELECT sum(n), avg(n), n % 7, i FROM edge WHERE id = 3 GROUP BY n, i"
            })
    void comesFromTheCache(String sql) {
        assertThat(ask(sql))
                .as("answers from the cache: %s%n%s", sql, explained(sql))
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // errors, at once or only for some rows
                "SELECT i + 1 FROM edge",
                "SELECT i * i FROM edge",
                "SELECT - i FROM edge",
                "SELECT - b FROM edge",
                "SELECT abs(s) FROM edge",
                "SELECT b - 2 FROM edge",
                "SELECT b * 3 FROM edge",
                "SELECT s + s FROM edge",
                "SELECT 10 / z FROM edge",
                "SELECT b / -1 FROM edge",
                "SELECT 10 % z FROM edge",
                "SELECT n / z FROM edge",
                "SELECT b::int FROM edge",
                "SELECT n::int8 * 100 FROM edge",
                "SELECT n::numeric(5,0) FROM edge",
                "SELECT d + 1 FROM edge",
                "SELECT d - date '2000-01-01' FROM edge",
                "SELECT d::timestamp FROM edge",
                "SELECT ts + interval '1 day' FROM edge",
                "SELECT substr('abc', i, z - 1) FROM edge WHERE id = 3",
                "SELECT sum(i * 2) FROM edge",
                "SELECT 1 / 0 FROM none",
                "SELECT i / 0 FROM none",
                "SELECT 2147483647 + 1 FROM none",
                "SELECT sum(n), n * 100 FROM edge GROUP BY n",
                "SELECT extract(year from d), date_trunc('month', ts) FROM edge",
                // rows are chosen by what may fail, or not all evaluated
                "SELECT id FROM edge WHERE 10 / z > 3",
                "SELECT id FROM e WHERE 10 / i > 3",
                "SELECT 10 / i FROM e ORDER BY id LIMIT 1",
                "SELECT CASE WHEN i = 0 THEN 0 ELSE 10 / i END FROM e",
                "SELECT DISTINCT 10 / i FROM e",
                // what the parser groups otherwise
                "SELECT 'a' || 1 + 1 FROM e WHERE id = 1",
                "SELECT 5 & 3 + 1 FROM e WHERE id = 1",
                "SELECT 1 << 2 + 1 FROM e WHERE id = 1",
                "SELECT ~ 1 + 1 FROM e WHERE id = 1",
                "SELECT 'abc' ~ 'a' || 'b' FROM e WHERE id = 1",
                "SELECT 1 BETWEEN 0 AND 2 = true FROM e WHERE id = 1",
                "SELECT id FROM e WHERE t ~~ 'a%'",
                "SELECT - 2 ^ 2 FROM e WHERE id = 1",
                "SELECT 3 > 2 > 1 FROM e",
                "SELECT NOT f IS NULL = true FROM e WHERE id = 1",
                // settings, clocks, and what is only nearly the same
                "SELECT n::text, d::text FROM e WHERE id = 1",
                "SELECT id FROM e WHERE d < current_date - 100000",
                "SELECT upper(t), initcap(t) FROM e",
                "SELECT octet_length(c) FROM e",
                "SELECT concat(c, t) FROM e",
                "SELECT interval '3' month + d, interval '1' day FROM e",
                "SELECT upper(t) FROM e",
                "SELECT count(*) FILTER (WHERE lower('a'::text) LIKE rtrim('\\ '::text)) FROM e WHERE false",
                "SELECT id FROM e WHERE t ILIKE 'A'",
                "SELECT sqrt(i::float8), power(2, 3) FROM e WHERE id = 1",
                "SELECT ts + interval '1 month' FROM edge",
                "SELECT id FROM e WHERE d < date '9999-12-31' + interval '1 month'",
                "SELECT id FROM e WHERE d < date '5874897-12-31' + interval '1 month'",
                "SELECT id FROM none WHERE date 'infinity' + interval '1 month' > date '2024-01-01'",
                "SELECT id FROM none WHERE timestamp '294276-12-31' + interval '1 day' > date '2024-01-01'",
                "SELECT extract(year from timestamptz '2024-01-01 00:00+00') FROM e WHERE id = 1",
                "SELECT DISTINCT coalesce(n, 0) FROM e",
                "SELECT array_agg(i), string_agg(t, ',') FROM e",
                "SELECT i % 2 + 1 FROM e GROUP BY i % 3 + 1",
                "SELECT i, count(*) FROM e",
                "SELECT 'x'::int FROM e",
                "SELECT t + 1 FROM e",
                "SELECT id FROM e WHERE i",
                "SELECT coalesce(v, 1) FROM e"
            })
    void isLeftToTheServer(String sql) {
        assertThat(ask(sql)).as("answers from the cache: %s", sql).isZero();
    }

    /** Literals that must be equal to each other keep the plan of others from being used. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT i + %d, count(*) FROM e GROUP BY i + %d",
                "SELECT DISTINCT i %% %d FROM e ORDER BY i %% %d"
            })
    void comparesTheLiteralsOfExpressions(String sql) {
        assertThat(ask(sql.formatted(2, 2))).isEqualTo(3);
        assertThat(ask(sql.formatted(2, 3))).isZero();
        assertThat(ask(sql.formatted(5, 5))).isEqualTo(3);
    }

    /** A function of the user's own, which an unqualified call means. */
    @Test
    void seesUsersFunctions() {
        SharedPostgres.execute(
                database,
                "CREATE FUNCTION public.character_length(varchar) RETURNS int LANGUAGE sql IMMUTABLE RETURN 42",
                "CREATE TABLE later (id int PRIMARY KEY, v varchar(9))",
                "INSERT INTO later VALUES (1, 'theirs')");
        assertThat(ask("SELECT character_length(v) FROM later")).isZero();
    }

    /** Asks both sides three times; returns how often the cache answered. */
    private static long ask(String sql) {
        long before = answered();
        for (int i = 0; i < 3; i++) {
            Form.Exchange exchange = new Form.Exchange(sql, List.of(FrontendFrames.query(sql)), 1);
            assertThat(pair.ask(exchange, new RowOrder.Any())).as(sql).isEmpty();
        }
        return answered() - before;
    }

    private static List<List<String>> explained(String sql) {
        return FrameText.textRows(
                admin.simpleQuery("SELECT name, value FROM sqlmem.explain(" + SampleValue.quoted(sql) + ")"));
    }

    private static long answered() {
        return FrameText.textRows(admin.simpleQuery("SELECT name, value FROM sqlmem.stats")).stream()
                .filter(row -> row.get(0).equals("hits") || row.get(0).equals("misses"))
                .mapToLong(row -> Long.parseLong(row.get(1)))
                .sum();
    }
}
