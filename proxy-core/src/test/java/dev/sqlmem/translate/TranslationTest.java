package dev.sqlmem.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.translate.type.NotTranslatable;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts for SQLite, and reasons to have none. */
final class TranslationTest {

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            SELECT id, t FROM e WHERE i = 5 AND t <> 'x' => SELECT t.c1, t.c7 FROM t WHERE ((t.c2 = ?) AND (t.c7 <> ?))
            SELECT id FROM e WHERE i IN (1, $1) ORDER BY n DESC => SELECT t.c1 FROM t WHERE (t.c2 IN (?, ?)) ORDER BY t.c5 DESC NULLS FIRST
            SELECT count(*), sum(n) FROM e GROUP BY f => SELECT count(*), sum(t.c5) FROM t GROUP BY t.c10
            SELECT i / 2 FROM e => SELECT (t.c2 / ?) FROM t
            SELECT n + m FROM e => SELECT ((t.c5 * 100) + t.c6) FROM t
            SELECT id FROM e WHERE i < n => SELECT t.c1 FROM t WHERE ((t.c2 * 100) < t.c5)
            SELECT length(t) FROM e WHERE c LIKE 'a%' => SELECT length(t.c7) FROM t WHERE (substr(t.c9 || '     ', 1, 5) LIKE ? ESCAPE '\\')
            SELECT id FROM e WHERE i = ANY ($1) => SELECT t.c1 FROM t WHERE (t.c2 IN (SELECT value FROM json_each(?)))
            SELECT id FROM e WHERE (i, s) > (1, 2) => SELECT t.c1 FROM t WHERE ((t.c2, t.c3) > (?, ?))
            SELECT id FROM e WHERE i IS DISTINCT FROM s => SELECT t.c1 FROM t WHERE (t.c2 IS NOT t.c3)
            SELECT greatest(i, s) FROM e => SELECT max(coalesce(t.c2, t.c3), coalesce(t.c3, t.c2)) FROM t
            SELECT avg(n) FROM e => SELECT sum(t.c5), count(t.c5) FROM t
            SELECT n / 3 FROM e => SELECT t.c5, ? FROM t
            SELECT i % 5 AS k FROM e ORDER BY k => SELECT (t.c2 % ?) FROM t ORDER BY 1 NULLS LAST
            SELECT id FROM e OFFSET 2 LIMIT 1 => SELECT t.c1 FROM t LIMIT ? OFFSET ?
            SELECT sum(i) FILTER (WHERE f) FROM e => SELECT sum(t.c2) FILTER (WHERE t.c10) FROM t
            SELECT date '2024-01-01' FROM e => SELECT ? FROM t
            SELECT x FROM e ORDER BY x DESC => SELECT t.c14 FROM t ORDER BY t.c2062 DESC NULLS FIRST
            SELECT id FROM e WHERE x < 'a' => SELECT t.c1 FROM t WHERE (t.c2062 < ?)
            SELECT id FROM e WHERE x BETWEEN 'a' AND $1 => SELECT t.c1 FROM t WHERE (t.c2062 BETWEEN ? AND ?)
            SELECT max(x) FROM e WHERE id > 1 => SELECT (SELECT c14 FROM main.t WHERE c2062 = m.a0 LIMIT 1) FROM (SELECT max(t.c2062) AS a0 FROM t WHERE (t.c1 > ?)) AS m
            SELECT count(*), max(x) FROM e => SELECT m.a0, (SELECT c14 FROM main.t WHERE c2062 = m.a1 LIMIT 1) FROM (SELECT count(*) AS a0, max(t.c2062) AS a1 FROM t) AS m
            SELECT f, min(x) FROM e GROUP BY f => SELECT t.c10, substr(min(format('%010d', t.c2062) || t.c14), 11) FROM t GROUP BY t.c10
            SELECT z.x FROM (SELECT x FROM e) z => SELECT r2.k1 FROM (SELECT t.c14 AS k1 FROM t) AS r2
            SELECT z.x FROM (SELECT x FROM e) z ORDER BY x => SELECT r2.k1 FROM (SELECT t.c14 AS k1, t.c2062 AS o1 FROM t) AS r2 ORDER BY r2.o1 NULLS LAST
            """)
    void translates(String sql, String expected) {
        assertThat(TranslationOf.sqlite(sql)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            SELECT id FROM e WHERE i + 1 > 5 => may raise an error where rows are chosen
            SELECT CASE WHEN f THEN i + 1 END FROM e => may raise an error where rows are chosen
            SELECT CASE WHEN i + 1 = 5 THEN s END FROM e => may raise an error where rows are chosen
            SELECT CASE i + 1 WHEN 5 THEN s END FROM e => may raise an error where rows are chosen
            SELECT i + 1 FROM e LIMIT 1 => may raise an error for rows that are not shown
            SELECT DISTINCT i + 1 FROM e => may raise an error for rows that are not shown
            SELECT sum(i * 2) FROM e GROUP BY f LIMIT 1 => may raise an error for rows that are not shown
            SELECT 2147483647 + 1 FROM e => constants that may raise an error
            SELECT 'a' || 1 + 1 FROM e => grouping
            SELECT i & 3 + 1 FROM e => grouping
            SELECT ~ i + 1 FROM e => grouping
            SELECT id FROM e WHERE f BETWEEN f AND f = f => grouping
            SELECT greatest(x, 'b') FROM e => column x is ordered by a collation of the server's own
            SELECT id FROM e WHERE x || 'b' < 'a' => an expression of type 25 is ordered by a collation of the server's own
            SELECT id FROM e ORDER BY length(t), x || 'a' => an expression of type 25 is ordered by a collation of the server's own
            SELECT id FROM e WHERE y = 'a' => nondeterministic
            SELECT id FROM e WHERE x = t => across collations
            SELECT DISTINCT coalesce(n, 0) FROM e => may look different where it is equal
            SELECT max(coalesce(n, 0)) FROM e => may look different where it is equal
            SELECT avg(n) + 1 FROM e => numeric division inside
            SELECT string_agg(t, ',') FROM e => order is open
            SELECT string_agg(t, ',' ORDER BY i) FROM e => order is open
            SELECT n * $1 FROM e => a parameter of type 1700
            SELECT initcap(t) FROM e => function initcap
            SELECT n::text FROM e => a cast of type 1700 to text
            SELECT ts + interval '1 century' FROM e => an interval that is spelt unusually
            SELECT tz + interval '1 day' FROM e => days of a time zone
            SELECT id FROM e WHERE t LIKE NULL => LIKE with a pattern
            SELECT id FROM e WHERE t RLIKE v => other than LIKE
            SELECT id FROM e WHERE i > ANY ($1) => ANY or ALL of another kind
            SELECT coalesce(v, 'x') FROM e WHERE $1 = 'a' => ``
            SELECT coalesce($1, v) FROM e => a choice by constants
            SELECT CASE WHEN i = $1 THEN v ELSE 'x' END FROM e => a choice by constants
            """)
    void leavesToTheServer(String sql, String reason) {
        String translated = TranslationOf.sqlite(sql);
        if (reason.isEmpty()) {
            assertThat(translated).startsWith("SELECT");
        } else {
            assertThat(translated).startsWith("relay: ").contains(reason);
        }
    }

    /** What is described by the proven rules is not asked of the server. */
    @Test
    void knowsWhatTheServerMustConfirm() throws NotTranslatable {
        for (String sql : List.of(
                "SELECT id, t AS x, count(*), max(i) FROM e WHERE i = -5 OR t LIKE 'a%' GROUP BY id, t ORDER BY 1",
                "SELECT id FROM e WHERE f AND i BETWEEN 1 AND 5 AND d IS NOT NULL AND f IS TRUE")) {
            assertThat(TranslationOf.of(sql).beyond()).as(sql).isFalse();
        }
        for (String sql : List.of(
                "SELECT id + 0 FROM e",
                "SELECT 1 FROM e",
                "SELECT i = 1 FROM e",
                "SELECT id FROM e WHERE length(t) = 1",
                "SELECT id FROM e WHERE i IS NOT DISTINCT FROM 3",
                "SELECT id, i FROM e GROUP BY id",
                "SELECT count(*) FROM e GROUP BY f HAVING count(*) > 1",
                "SELECT id FROM e ORDER BY length(t)",
                "SELECT avg(i) FROM e")) {
            assertThat(TranslationOf.of(sql).beyond()).as(sql).isTrue();
        }
    }

    /** A plan for one value of a literal must not serve another where the value shaped it. */
    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            SELECT id FROM e WHERE n * 1.5 > 3 => 1
            SELECT n::numeric(12,1) FROM e => 2
            SELECT i % 3 FROM e GROUP BY i % 3 => 2
            SELECT id, i + 0 FROM e ORDER BY 2 => 1
            SELECT id FROM e WHERE t LIKE 'a' ESCAPE '!' => 1
            SELECT round(n, 1), s << 2 FROM e => 2
            SELECT id FROM e WHERE i = 3 AND t = 'x' => 0
            SELECT i / 7, substr(t, 2, 3) FROM e => 0
            """)
    void dependsOnLiterals(String sql, int expected) throws NotTranslatable {
        assertThat(TranslationOf.of(sql).positions()).hasSize(expected);
    }

    @Test
    void marksWhatMayFailWhileItRuns() throws NotTranslatable {
        for (String list : List.of("i + 1", "sum(n)", "n / m", "b::numeric + m", "abs(b)", "extract(year from d)")) {
            assertThat(TranslationOf.of("SELECT " + list + " FROM e").read().total())
                    .as(list)
                    .isFalse();
        }
        String total = "SELECT i / 2, n + m, length(t), count(*) FROM e GROUP BY i, n, m, t";
        assertThat(TranslationOf.of(total).read().total()).isTrue();
    }

    /** Rounding to tens can lead out of 64 bits; a pattern of many pieces can be longer than SQLite takes. */
    @Test
    void marksWhatFailsForValuesAtTheEndOfTheirRange() throws NotTranslatable {
        for (String sql : List.of(
                "SELECT round(b, -1) FROM e",
                "SELECT id FROM e WHERE round(b, -1) = 10",
                "SELECT id FROM e WHERE t LIKE $1 || $2 || $3 || $4 || $5 || $6")) {
            assertThat(TranslationOf.of(sql).read().total()).as(sql).isFalse();
        }
        for (String sql : List.of(
                "SELECT round(i, -1), round(n, -2) FROM e", "SELECT id FROM e WHERE t LIKE '%' || $1 || $2 || '%'")) {
            assertThat(TranslationOf.of(sql).read().total()).as(sql).isTrue();
        }
    }

    /** Who writes what may fail says so once. */
    @Test
    void whateverIsMadeOfWhatMayFailMayFail() throws NotTranslatable {
        for (String sql : List.of(
                "SELECT id FROM e WHERE coalesce(abs(n), 5) = 3",
                "SELECT id FROM e WHERE EXISTS (SELECT 1 FROM e AS o WHERE abs(o.n) = e.id)",
                "WITH w AS (SELECT sum(n) AS s FROM e) SELECT w.s FROM w",
                "SELECT id FROM e ORDER BY lower(v || 'x')",
                "SELECT z.k FROM (SELECT lower(v || t) AS k FROM e) z",
                "SELECT id FROM e UNION SELECT length(upper(t || v)) FROM e")) {
            assertThat(TranslationOf.of(sql).read().total()).as(sql).isFalse();
        }
    }

    @Test
    void leavesAloneWhatItWouldTakeLongOver() {
        assertThat(TranslationOf.sqlite("SELECT id FROM e WHERE " + "(".repeat(50) + "i = 1" + ")".repeat(50)))
                .startsWith("SELECT");
        for (int depth : new int[] {61, 1_000, 20_000}) {
            assertThat(TranslationOf.sqlite(
                            "SELECT id FROM e WHERE " + "(".repeat(depth) + "i = 1" + ")".repeat(depth)))
                    .isEqualTo("relay: parentheses that are nested too deeply");
        }
        assertThat(TranslationOf.sqlite("SELECT id FROM e" + " UNION ALL SELECT id FROM e".repeat(99)))
                .startsWith("SELECT");
        assertThat(TranslationOf.sqlite("SELECT id FROM e" + " UNION ALL SELECT id FROM e".repeat(100)))
                .isEqualTo("relay: a set operation over more than 100 queries");
    }
}
