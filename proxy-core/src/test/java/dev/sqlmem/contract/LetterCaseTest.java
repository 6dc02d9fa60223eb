package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.FrameCompare;
import dev.sqlmem.testing.FrameCompare.ErrorMatch;
import dev.sqlmem.testing.RowOrder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code lower}, {@code upper}, ILIKE and computed patterns: the cache knows the letters of ASCII, no others. */
class LetterCaseTest {
    private static final String[] SCRIPT = {
        "CREATE TABLE plain (id int PRIMARY KEY, v text, vc varchar(20), ch char(8), pattern text,"
                + " icu text COLLATE \"en-x-icu\", turkish text COLLATE \"tr-x-icu\")",
        "INSERT INTO plain SELECT i, (ARRAY['Iain', 'iAIN', 'I%n', 'a\\b', 'A_B', '', 'zz top', NULL])[i],"
                + " 'Vc ' || i, 'Ch' || i, (ARRAY['i%', 'I\\%n', 'a\\\\b', 'A_B', '%', NULL, 'a\\', '__ top'])[i],"
                + " 'Icu' || i, 'I' || i FROM generate_series(1, 8) i",
        "CREATE TABLE letters (id int PRIMARY KEY, v text)",
        "INSERT INTO letters VALUES (1, 'Straße'), (2, 'İstanbul'), (3, 'ÅNGSTRÖM'), (4, 'plain')",
        "ANALYZE"
    };

    private static Scene scene;
    private static Client proxied;
    private static Client direct;

    @BeforeAll
    static void start() {
        scene = Scene.transparent("letters", SCRIPT);
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
                "SELECT id, lower(v), upper(v) FROM plain",
                "SELECT lower(vc), upper(vc) FROM plain WHERE upper(vc) = 'VC 1'",
                "SELECT id FROM plain WHERE lower(v) = lower('IAIN')",
                "SELECT id FROM plain WHERE UPPER(v::text) LIKE UPPER('%i%n')",
                "SELECT id FROM plain WHERE lower(v) LIKE 'i\\%%' ESCAPE '\\'",
                "SELECT lower(v || vc) FROM plain",
                "SELECT lower(v), count(*) FROM plain GROUP BY lower(v)",
                "SELECT lower(icu) FROM plain",
                "SELECT id FROM plain WHERE v ILIKE 'i_i%'",
                "SELECT id FROM plain WHERE v NOT ILIKE '%A!_%' ESCAPE '!'",
                "SELECT id FROM plain WHERE ch ILIKE 'CH_ %'",
                "SELECT id FROM plain WHERE icu ILIKE 'icu%'",
                "SELECT id FROM plain WHERE v LIKE '%' || 'ai' || '%'",
                "SELECT id FROM plain WHERE v LIKE concat('I', '%')",
                "SELECT id FROM plain WHERE v LIKE '%' || 5 || upper(('%I' || '\\\\' || '%'))",
                "SELECT id, v LIKE pattern, v ILIKE pattern FROM plain WHERE id BETWEEN 1 AND 6",
                "SELECT public.plain.id, plain.v, public.plain.vc FROM public.plain WHERE \"public\".\"plain\".\"id\" = 2",
                "SELECT public.plain.* FROM public.plain",
                "SELECT id FROM plain ORDER BY id LIMIT 2::integer OFFSET CAST(1 AS bigint)",
            })
    void comesFromTheCache(String sql) {
        proxied.ask(sql);
        scene.warm(proxied, sql);
        agree(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id, lower(v), upper(v) FROM letters",
                "SELECT id FROM letters WHERE v ILIKE 'pl%'",
                "SELECT id FROM letters WHERE upper(v || '') = 'ÅNGSTRÖM'",
                "SELECT id FROM plain WHERE v ILIKE 'ß%'",
                "SELECT id FROM plain WHERE lower('ÄI') = lower(v)",
                "SELECT lower(turkish), upper(turkish) FROM plain",
                "SELECT id FROM plain WHERE turkish ILIKE 'i%'",
                "SELECT id FROM plain WHERE turkish ILIKE 'ı%'",
                "SELECT id FROM plain WHERE v LIKE pattern",
                "SELECT id FROM plain WHERE v LIKE 'a' || '\\'",
                "SELECT id FROM plain WHERE id < 0 AND v LIKE upper('a') || '\\'",
                "SELECT id FROM plain WHERE v LIKE replace('a', 'a', '%')",
                "SELECT id FROM plain WHERE id < 7 AND v LIKE pattern",
                "SELECT id FROM plain WHERE v LIKE 'a' || 'X' ESCAPE 'X'",
                "SELECT id FROM plain WHERE v ILIKE 'aXb' ESCAPE 'X'",
                "SELECT id FROM plain WHERE v LIKE turkish",
                "SELECT id, v ILIKE NULL FROM plain WHERE id = 1",
                "SELECT initcap(v) FROM plain",
                "SELECT p.id FROM public.plain AS p WHERE public.plain.id = 1",
                "SELECT other.plain.id FROM public.plain",
                "SELECT id FROM plain ORDER BY id LIMIT 3000000000::integer",
            })
    void isLeftToTheServer(String sql) {
        proxied.ask(sql);
        agree(sql);
    }

    /** What the letters are is the rows' affair: a plan that was good for one load may not be for the next. */
    @Test
    void looksAtTheLettersOfEachLoad() {
        String sql = "SELECT upper(v) FROM letters WHERE lower(v) = 'plain'";
        direct.ask("DELETE FROM letters WHERE id < 4");
        try {
            proxied.ask("SELECT sqlmem.invalidate('letters')");
            proxied.ask(sql);
            scene.warm(proxied, sql);
            agree(sql);
        } finally {
            direct.ask("INSERT INTO letters VALUES (1, 'Straße'), (2, 'İstanbul'), (3, 'ÅNGSTRÖM')");
        }
        proxied.ask("SELECT sqlmem.invalidate('letters')");
        agree("SELECT upper(v) FROM letters WHERE lower(v) = 'straße'");
    }

    private static void agree(String sql) {
        var difference = new FrameCompare(
                        sql.contains("ORDER BY") ? new RowOrder.Total() : new RowOrder.Any(), ErrorMatch.MESSAGE)
                .difference(direct.ask(sql).frames(), proxied.ask(sql).frames());
        assertThat(difference).isEmpty();
    }
}
