package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.ExtendedQuery;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameCompare;
import dev.sqlmem.testing.FrameCompare.ErrorMatch;
import dev.sqlmem.testing.RowOrder;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that end within a token: the server says what is wrong, and the session goes on. */
class UnterminatedTextTest {
    private static Scene readOnly;
    private static Scene transparent;

    @BeforeAll
    static void start() {
        readOnly = Scene.readOnly("unterminated", "CREATE TABLE t (a int)", "INSERT INTO t VALUES (1)");
        transparent = readOnly.also(Mode.TRANSPARENT);
    }

    @AfterAll
    static void stop() {
        transparent.close();
        readOnly.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'",
                "'a",
                "''",
                "'''",
                "'a''",
                "'\\",
                "'\n'",
                "''\n'",
                "'a'\n'",
                "'é",
                "E'",
                "e'a",
                "E'\\",
                "E'\\'",
                "E''",
                "E''\n'",
                "U&'",
                "u&'a",
                "U&''\n'",
                "U&",
                "U&\"",
                "u&\"a",
                "U&\"\\",
                "U&\"\\00",
                "U&\"a\" UESCAPE",
                "U&\"a\" UESCAPE '",
                "U&\"a\" UESCAPE '!",
                "X'",
                "x'1",
                "X'",
                "X''\n'",
                "B'",
                "b'1",
                "B''\n'",
                "N'",
                "n'a",
                "N''\n'",
                "\"",
                "\"a",
                "\"\"",
                "\"\"\"",
                "\"a\"\"",
                "$",
                "$$",
                "$$a",
                "$$a$",
                "$t",
                "$t$",
                "$t$a$t",
                "$1",
                "$1a",
                "/*",
                "/*/",
                "/* /* */",
                "/* *",
                "1e",
                "1e+",
                "0x",
                "0b",
                "1_",
                "."
            })
    void isRefusedByTheServer(String end) {
        for (String sql : List.of(end, "SELECT " + end, "SELECT a FROM t WHERE a = " + end)) {
            for (Scene scene : List.of(readOnly, transparent)) {
                assertIsTheServersAnswer(scene, sql, "off");
                assertIsTheServersAnswer(scene, sql, "on");
            }
        }
    }

    private static void assertIsTheServersAnswer(Scene scene, String sql, String standardStrings) {
        try (Client direct = scene.direct();
                Client proxied = scene.client()) {
            direct.run("SET standard_conforming_strings = " + standardStrings);
            proxied.run("SET standard_conforming_strings = " + standardStrings);
            ExtendedQuery unnamed = ExtendedQuery.of(sql);
            ExtendedQuery named = unnamed.named("s", "p");
            for (ExtendedQuery query : List.of(unnamed, named)) {
                assertSame(sql, direct.raw().extended(query), proxied.raw().extended(query));
            }
            assertSame(sql, direct.ask(sql).frames(), proxied.ask(sql).frames());
            String sound = "SELECT a FROM t";
            assertSame(sound, direct.ask(sound).frames(), proxied.ask(sound).frames());
        }
    }

    private static void assertSame(String sql, List<Frame> direct, List<Frame> proxied) {
        assertThat(new FrameCompare(new RowOrder.Total(), ErrorMatch.MESSAGE).difference(direct, proxied))
                .as(sql)
                .isEmpty();
    }
}
