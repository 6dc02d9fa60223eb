package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text in an order that only the server knows: the cache gives the server's own frames, and does give them. */
class TextOrderTest {
    private static final String VALUES =
            "(1, 'b', 'b', 'b', 1), (2, 'a', 'a ', 'a ', 1), (3, 'B', 'B', 'B', 2), (4, 'A', 'A', 'A', 2),"
                    + " (5, 'a b', 'a b', 'a b', 1), (6, 'ab', 'ab', 'ab', 2), (7, 'a-b', 'a-b', 'a-b', 1), (8, '_', '_', '_', 1),"
                    + " (9, '', '', '', 2), (10, ' ', '  ', '  ', 1), (11, NULL, NULL, NULL, 1), (12, 'ä', 'ä', 'ä', 2),"
                    + " (13, U&'a\\0308', U&'a\\0308', U&'a\\0308', 1), (14, 'ß', 'ß', 'ß', 2), (15, 'ss', 'ss', 'ss', 2),"
                    + " (16, '가', '가', '가', 1), (17, '😀', '😀', '😀', 1), (18, 'zz', 'zz', 'zz', 2), (19, 'Zz', 'Zz', 'Zz', 1),"
                    + " (20, 'a', 'a', 'a', 2), (21, '10', '10', '10', 2), (22, '9', '9', '9', 1), (23, 'b', 'b', 'b', 2),"
                    + " (24, NULL, NULL, NULL, 2), (25, 'İ', 'İ', 'İ', 1), (26, 'ı', 'ı', 'ı', 2)";

    /** The operating system's, where the server's machine has it. */
    private static final String THEIRS =
            "DO $$ BEGIN CREATE COLLATION theirs (provider = libc, locale = 'en_US.UTF-8');"
                    + " EXCEPTION WHEN OTHERS THEN CREATE COLLATION theirs (provider = icu, locale = 'und'); END $$";

    private static final String[] SCRIPT = {
        THEIRS,
        "CREATE DOMAIN label AS text COLLATE \"en-x-icu\"",
        "CREATE TABLE words (id int PRIMARY KEY, w text COLLATE \"en-x-icu\", v varchar(9) COLLATE theirs,"
                + " c char(8) COLLATE \"en-x-icu\", g int)",
        "INSERT INTO words VALUES " + VALUES,
        "CREATE TABLE \"t\" (\"t\" int, \"k2050\" label, \"value\" text COLLATE \"en-x-icu\" NOT NULL, place int, gone int,"
                + " \"d x\" text COLLATE \"en-x-icu\")",
        "ALTER TABLE \"t\" DROP COLUMN gone",
        "INSERT INTO \"t\" SELECT id, w, coalesce(w, ''), g, w || 'x' FROM words",
        "CREATE TABLE parts (id int, w text COLLATE \"en-x-icu\") PARTITION BY LIST (id)",
        "CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (1, 2, 3, 4, 5)",
        "CREATE TABLE parts_2 PARTITION OF parts DEFAULT",
        "INSERT INTO parts SELECT id, w FROM words",
        "ANALYZE"
    };

    private static Scene scene;
    private static Client proxied;
    private static Client direct;

    @BeforeAll
    static void start() {
        scene = Scene.transparent("text_order", SCRIPT);
        proxied = scene.client();
        direct = scene.direct();
    }

    @AfterAll
    static void stop() {
        direct.close();
        proxied.close();
        scene.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id, w FROM words ORDER BY w, id",
                "SELECT id, w FROM words ORDER BY w DESC, id DESC",
                "SELECT id, v FROM words ORDER BY v NULLS FIRST, id",
                "SELECT id, c FROM words ORDER BY c DESC NULLS LAST, id",
                "SELECT id, w FROM words ORDER BY 2, 1 LIMIT 5",
                "SELECT id, w AS word FROM words ORDER BY word, id LIMIT 7 OFFSET 3",
                "SELECT id FROM words WHERE w < 'b' ORDER BY id",
                "SELECT id FROM words WHERE w <= 'b' ORDER BY id",
                "SELECT id FROM words WHERE w > 'a' ORDER BY w, id",
                "SELECT id FROM words WHERE w >= 'ab' ORDER BY id",
                "SELECT id FROM words WHERE w < 'aa' ORDER BY id",
                "SELECT id FROM words WHERE 'Aa' <= w ORDER BY id",
                "SELECT id FROM words WHERE w > 'zzzz' ORDER BY id",
                "SELECT id FROM words WHERE w > '' ORDER BY id",
                "SELECT id FROM words WHERE w < NULL ORDER BY id",
                "SELECT id FROM words WHERE w BETWEEN 'a' AND 'b' ORDER BY id",
                "SELECT id FROM words WHERE w BETWEEN 'A!' AND 'áx' ORDER BY id",
                "SELECT id FROM words WHERE w NOT BETWEEN 'b' AND 'Q' ORDER BY id",
                "SELECT id FROM words WHERE w BETWEEN SYMMETRIC 'b' AND 'a' ORDER BY id",
                "SELECT id FROM words WHERE v < 'ä' ORDER BY id",
                "SELECT id FROM words WHERE c < 'b' ORDER BY id",
                "SELECT id FROM words WHERE c > 'a   ' ORDER BY id",
                "SELECT id FROM words WHERE c BETWEEN 'aa ' AND 'b ' ORDER BY id",
                "SELECT id FROM words WHERE (w, id) > ('a', 10) ORDER BY w, id LIMIT 4",
                "SELECT min(w), max(w) FROM words",
                "SELECT min(v), max(c) FROM words WHERE id > 3",
                "SELECT max(w) FROM words WHERE id < 0",
                "SELECT count(*), max(w), avg(id), min(w) FILTER (WHERE id > 8), sum(g) FROM words",
                "SELECT max(w) FROM words LIMIT 0",
                "SELECT coalesce(max(w), 'none'), min(w) FROM words WHERE w > 'b'",
                "SELECT min(b.w) FROM words a LEFT JOIN words b ON a.id = b.g",
                "SELECT g, min(w), max(v) FROM words GROUP BY g ORDER BY g",
                "SELECT g, max(w) FROM words GROUP BY g ORDER BY max(w) DESC",
                "SELECT g, max(w) AS m FROM words GROUP BY g ORDER BY m",
                "SELECT g, min(w) FILTER (WHERE id > 8) FROM words GROUP BY g HAVING min(w) < 'b' ORDER BY 2",
                "SELECT DISTINCT w FROM words ORDER BY w",
                "SELECT DISTINCT w, g FROM words ORDER BY w DESC, g LIMIT 6",
                "SELECT w, count(*) FROM words GROUP BY w ORDER BY w",
                "SELECT w, count(*), max(id) FROM words GROUP BY w HAVING count(*) >= 1 ORDER BY w DESC LIMIT 9",
                "SELECT id, rank() OVER (ORDER BY w) FROM words ORDER BY id",
                "SELECT id, dense_rank() OVER (PARTITION BY g ORDER BY w DESC) FROM words ORDER BY w, id",
                "SELECT id, row_number() OVER (ORDER BY w, id) FROM words ORDER BY id",
                "SELECT id, first_value(w) OVER (PARTITION BY g ORDER BY w, id) FROM words ORDER BY id",
                "SELECT string_agg(w, ',' ORDER BY w) FROM words",
                "SELECT a.id, b.id FROM words a JOIN words b ON a.w < b.w WHERE a.id < 9 ORDER BY a.w, b.w, a.id, b.id",
                "SELECT a.id, b.w FROM words a LEFT JOIN words b ON a.id = b.g ORDER BY b.w DESC, a.id, b.id",
                "SELECT x.w FROM (SELECT w, id FROM words WHERE g = 1) x ORDER BY x.w, x.id LIMIT 5",
                "SELECT x.w FROM (SELECT DISTINCT w FROM words) x WHERE x.w > 'a' ORDER BY w",
                "SELECT max(x.w) FROM (SELECT w FROM words WHERE g = 2) x",
                "SELECT x.m FROM (SELECT g, max(w) AS m FROM words GROUP BY g) x ORDER BY m",
                "WITH x AS (SELECT w, g FROM words), y AS (SELECT w FROM x WHERE g = 1) SELECT w FROM y ORDER BY w DESC",
                "WITH x AS (SELECT w FROM words) SELECT a.w FROM x a JOIN x b ON a.w = b.w ORDER BY b.w NULLS FIRST LIMIT 9",
                "(SELECT w FROM words LIMIT 60) ORDER BY w DESC",
                "SELECT w FROM words WHERE id IN (SELECT id FROM words ORDER BY w, id LIMIT 3) ORDER BY w",
                "SELECT \"k2050\", place FROM \"t\" ORDER BY \"k2050\", \"t\"",
                "SELECT \"t\".\"value\" FROM \"t\" ORDER BY \"value\" DESC, \"d x\", \"t\"",
                "SELECT min(\"d x\") FROM \"t\" WHERE \"value\" > 'a'",
                "SELECT id, w FROM parts ORDER BY w, id",
                "SELECT id FROM parts WHERE w < 'c' ORDER BY id",
            })
    void answersAsTheServer(String sql) {
        assertThat(Scene.difference(direct, proxied, sql)).as("the miss").isEmpty();
        scene.warm(proxied, sql);
        assertThat(Scene.difference(direct, proxied, sql)).as("the hit").isEmpty();
    }
}
