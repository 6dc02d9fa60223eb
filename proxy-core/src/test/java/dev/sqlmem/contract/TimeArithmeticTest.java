package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.ExtendedQuery;
import dev.sqlmem.testing.FrameCompare;
import dev.sqlmem.testing.FrameCompare.ErrorMatch;
import dev.sqlmem.testing.RowOrder;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Times of day and intervals: of an interval only the time counts, and the day begins anew at midnight (manual,
 * "Date/Time Functions and Operators"). What is added leads out of no range, so nothing sends these answers upstream.
 */
class TimeArithmeticTest {
    private static final FrameCompare COMPARE = new FrameCompare(new RowOrder.Total(), ErrorMatch.MESSAGE);

    private static Scene scene;
    private static Client direct;
    private static Client proxied;

    @BeforeAll
    static void open() {
        scene = Scene.readOnly(
                "time_arithmetic",
                "CREATE TABLE clock (id int4 PRIMARY KEY, t time, t3 time(3), z timetz, z0 timetz(0), span interval)",
                "INSERT INTO clock SELECT row_number() OVER (), t, t, (t || zone)::timetz, (t || zone)::timetz,"
                        + " t::interval FROM unnest('{00:00,00:00:00.000001,01:30,11:59:59.999999,12:00,12:34:56.7891,"
                        + "22:00,23:59:59,23:59:59.999999,24:00}'::time[]) t,"
                        + " unnest('{+00,-01,+05:30,-15:59:59,+15:59:59,-12:00:01}'::text[]) zone",
                "INSERT INTO clock (id) VALUES (1000)",
                "ANALYZE");
        proxied = scene.client();
        direct = scene.direct();
        scene.warm(proxied, "SELECT count(t), count(t3), count(z), count(z0), count(span) FROM clock");
    }

    @AfterAll
    static void close() {
        proxied.close();
        direct.close();
        scene.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "interval '0 seconds'",
                "interval '1 second'",
                "interval '59 seconds'",
                "interval '1 minute'",
                "'90 minutes'::interval",
                "interval '1 hour'",
                "interval '11:59:59'",
                "interval '12:00'",
                "interval '23 hours 59 minutes 59 seconds'",
                "interval '24:00'",
                "interval '24:00:01'",
                "interval '25 hours'",
                "interval '48 hours'",
                "interval '9999:59:59'",
                "interval '999999 hours'",
                "interval '90' second",
                "interval '7' hour",
                "interval '1 day'",
                "interval '3' month",
                "interval '1 week 02:30'",
                "interval '13 months 3 hours'",
                "interval '1 year 2 months 10 days 23:59:59'",
                "CAST('100 years 12:00' AS interval)",
            })
    void goAroundTheClock(String span) {
        for (String column : List.of("z", "z0", "t", "t3")) {
            same("SELECT id, %1$s + %2$s, %2$s + %1$s, %1$s - %2$s FROM clock ORDER BY id".formatted(column, span), 8);
        }
        same("SELECT id FROM clock WHERE z + %s < z0 ORDER BY id".formatted(span), 8);
        same("SELECT id, t - %1$s > t3, z - %1$s = z0 + %1$s FROM clock ORDER BY id".formatted(span), 8);
        same("SELECT id FROM clock WHERE z - %s > '12:00:00+01' ORDER BY id".formatted(span), 8);
        same("SELECT id FROM clock WHERE t + %s BETWEEN '01:00:00' AND time '13:00:00' ORDER BY id".formatted(span), 8);
        same("SELECT z + %1$s AS k, count(*) FROM clock GROUP BY z + %1$s ORDER BY k".formatted(span), 8);
        same("SELECT DISTINCT t - %s FROM clock ORDER BY 1".formatted(span), 8);
        same("SELECT min(t + %1$s), max(t - %1$s), count(DISTINCT z + %1$s) FROM clock".formatted(span), 8);
        same("SELECT id, coalesce(z + %1$s, z0), nullif(t - %1$s, t3) FROM clock ORDER BY id".formatted(span), 8);
        same("SELECT id, z + %1$s - %1$s = z, t + %1$s + %1$s FROM clock ORDER BY id".formatted(span), 8);
        same("SELECT id FROM clock WHERE t < time '23:30:00' + %s ORDER BY id".formatted(span), 8);
    }

    /** What is not read as a constant is the server's. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id, t + interval '-1 hour', z - interval '-25:00' FROM clock ORDER BY id",
                "SELECT id, z + interval '0.000001 seconds', t - interval '1.5 days' FROM clock ORDER BY id",
                "SELECT id, t + span, z - span FROM clock ORDER BY id",
                "SELECT id, t - t3, t - time '01:00' FROM clock ORDER BY id",
                "SELECT id, span + interval '1 hour', interval '1 day' + span FROM clock ORDER BY id",
                "SELECT id, span - interval '3 months' FROM clock ORDER BY id",
                "SELECT id, date '2024-02-29' + t, z + date '2024-02-29' FROM clock ORDER BY id",
                "SELECT id, t * 2 FROM clock ORDER BY id",
            })
    void ofOtherKindsAreLeftToTheServer(String sql) {
        same(sql, 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id + interval '1 hour' FROM clock",
                "SELECT interval '1 hour' - z FROM clock",
                "SELECT z - z0 FROM clock",
                "SELECT z * 2 FROM clock",
                "SELECT z + 1 FROM clock",
            })
    void haveNoOtherOperators(String sql) {
        for (int i = 0; i < 3; i++) {
            assertThat(Scene.difference(direct, proxied, sql)).as(sql).isEmpty();
        }
        assertThat(direct.ask(sql).frames().toString()).contains("42883");
    }

    /** No answer that was begun was given up, for none can fail. */
    @Test
    void neverGiveAnAnswerUp() {
        long before = Scene.stat(proxied, "fallbacks");
        goAroundTheClock("interval '23:59:01'");
        ofOtherKindsAreLeftToTheServer("SELECT id, span + interval '2 hours' FROM clock ORDER BY id");
        haveNoOtherOperators("SELECT z + 2 FROM clock");
        assertThat(Scene.stat(proxied, "fallbacks")).isEqualTo(before);
    }

    /** Asks in every form, the first times for what has to be found out; then counts the answers of the cache. */
    private static void same(String sql, int hits) {
        List<ExtendedQuery> queries =
                List.of(ExtendedQuery.of(sql), ExtendedQuery.of(sql).binaryResults());
        compare(sql, queries);
        compare(sql, queries);
        long before = answered();
        compare(sql, queries);
        compare(sql, queries);
        assertThat(answered() - before)
                .as(() -> "answers from the cache to " + sql + ": " + Scene.explain(proxied, sql))
                .isEqualTo(hits);
    }

    private static void compare(String sql, List<ExtendedQuery> queries) {
        for (ExtendedQuery query : queries) {
            assertThat(Scene.difference(direct, proxied, sql)).as(sql).isEmpty();
            assertThat(COMPARE.difference(
                            direct.raw().extended(query), proxied.raw().extended(query)))
                    .as(sql)
                    .isEmpty();
        }
    }

    private static long answered() {
        return Scene.stat(proxied, "hits") + Scene.stat(proxied, "misses");
    }
}
