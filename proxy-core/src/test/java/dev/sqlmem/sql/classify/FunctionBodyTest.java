package dev.sqlmem.sql.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.catalog.FunctionSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a function's body tells of it. */
final class FunctionBodyTest {

    private static FunctionSource function(
            String language, boolean isVolatile, @Nullable String extension, String body) {
        return new FunctionSource(20_000, "f", "public.f()", 'f', language, isVolatile, extension, body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN NEW.changed_at = now(); RETURN NEW; END",
                "DECLARE n int; BEGIN SELECT count(*) INTO n FROM t WHERE kind = 'insert'; RETURN n; END",
                "BEGIN IF TG_OP = 'UPDATE' THEN RAISE NOTICE 'update %', NEW.id; END IF; RETURN NULL; END",
                "BEGIN FOR r IN SELECT a FROM t LOOP RETURN NEXT r; END LOOP; END -- delete from t"
            })
    void readsAndNothingElse(String body) {
        assertThat(FunctionBody.calls(function("plpgsql", true, null, body))).contains(Set.of());
    }

    @Test
    void tellsWhatItCalls() {
        String body = "BEGIN PERFORM g(1); RETURN lower(s.\"Odd\"(2)); END";
        assertThat(FunctionBody.calls(function("plpgsql", false, null, body)).orElseThrow())
                .containsExactlyInAnyOrder("g", "Odd");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN INSERT INTO t VALUES (1); END",
                "BEGIN EXECUTE 'DELETE FROM t'; END",
                "BEGIN RETURN QUERY EXECUTE q; END",
                "BEGIN CALL p(); END",
                "BEGIN WITH x AS (DELETE FROM t RETURNING a) SELECT a INTO n FROM x; END",
                "BEGIN PERFORM a FROM t FOR UPDATE; END",
                "BEGIN PERFORM dblink_exec('DELETE FROM t'); END",
                "BEGIN PERFORM query_to_xml('DELETE FROM t', true, true, ''); END",
                "BEGIN RETURN E'a\\\\b'; END",
                "BEGIN RETURN 'unfinished; END",
                "BEGIN CREATE TEMP TABLE x (a int); END",
                ""
            })
    void mayWrite(String body) {
        assertThat(FunctionBody.calls(function("plpgsql", false, null, body))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "c, false, , true",
        "internal, false, , true",
        "c, true, , false",
        "c, true, uuid-ossp, true",
        "c, true, pg_cron, false",
        "plperl, false, , false",
        "plpython3u, false, uuid-ossp, false"
    })
    void compiledCodeIsTrustedAsDeclared(
            String language, boolean isVolatile, @Nullable String extension, boolean harmless) {
        assertThat(FunctionBody.calls(function(language, isVolatile, extension, "symbol"))
                        .isPresent())
                .isEqualTo(harmless);
    }

    @Test
    void intoMakesATableInSqlOnly() {
        assertThat(FunctionBody.calls(function("sql", false, null, "SELECT 1 INTO x")))
                .isEmpty();
        assertThat(FunctionBody.calls(function("sql", false, null, "SELECT 1"))).isPresent();
    }

    @Test
    void proceduresAndAggregatesAreNotLookedInto() {
        for (char kind : new char[] {'p', 'a'}) {
            assertThat(FunctionBody.calls(new FunctionSource(20_000, "f", "f()", kind, "sql", false, null, "SELECT 1")))
                    .isEmpty();
        }
    }
}
