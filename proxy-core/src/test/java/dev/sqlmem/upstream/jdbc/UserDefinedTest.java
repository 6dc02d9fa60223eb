package dev.sqlmem.upstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.SharedPostgres;
import dev.sqlmem.upstream.url.UpstreamUrl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What users have put beside the server's own functions, operators and casts. */
class UserDefinedTest {
    private static final String NAME = SharedPostgres.createDatabase("user_defined");
    private static final ServiceDatabase DATABASE = new ServiceDatabase(UpstreamUrl.parse(SharedPostgres.url(NAME)));

    @BeforeAll
    static void define() {
        SharedPostgres.execute(
                NAME,
                "CREATE SCHEMA extra",
                "CREATE TYPE extra.colour AS ENUM ('red')",
                "CREATE FUNCTION extra.length(varchar) RETURNS int LANGUAGE sql RETURN 1",
                "CREATE FUNCTION extra.upper(extra.colour) RETURNS int LANGUAGE sql RETURN 1",
                "CREATE FUNCTION extra.similar_text(text, text) RETURNS bool LANGUAGE sql RETURN true",
                "CREATE FUNCTION extra.same_number(int4, text) RETURNS bool LANGUAGE sql RETURN true",
                "CREATE OPERATOR extra.% (LEFTARG = text, RIGHTARG = text, FUNCTION = extra.similar_text)",
                "CREATE OPERATOR extra.= (LEFTARG = int4, RIGHTARG = text, FUNCTION = extra.same_number)");
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void namesWhatTheSearchPathFinds() throws Exception {
        assertThat(DATABASE.userDefined("public")).isEmpty();
        // an enum of one's own never takes a text, and a % over texts never numbers
        assertThat(DATABASE.userDefined("public, extra"))
                .containsExactlyInAnyOrder("length", "similar_text", "same_number", "=");
        SharedPostgres.execute(NAME, "CREATE CAST (varchar AS int) WITH INOUT AS IMPLICIT");
        assertThat(DATABASE.userDefined("public")).containsExactly("::");
    }
}
