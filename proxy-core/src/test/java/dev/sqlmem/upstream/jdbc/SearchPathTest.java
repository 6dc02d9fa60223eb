package dev.sqlmem.upstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SearchPathTest {

    @Test
    void foldsPlainNamesAndUnquotesOthers() {
        assertThat(SearchPath.schemas("pg_catalog, Public ,\"My \"\"Own\"\", x\",É"))
                .containsExactly("pg_catalog", "public", "My \"Own\", x", "É");
        assertThat(SearchPath.schemas(" ")).isEmpty();
        assertThat(SearchPath.schemas("\"\"")).containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "\"a", ",a", "a,,b", "\"$user\", public", "$user"})
    void rejectsOthers(String path) {
        assertThatThrownBy(() -> SearchPath.schemas(path)).isInstanceOf(IllegalArgumentException.class);
    }
}
