package dev.sqlmem.upstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceholdersTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            select 1                                | 0
            select $1                               | 1
            select $2, $10, $1                      | 10
            select '$3', $1                         | 1
            select 'it''s $3', $1                   | 1
            select E'\\'$3', $1                     | 1
            select E'a''\\'$3', $1                  | 1
            select '\\', $2                         | 2
            select "a$3", a$4, é$5, $1              | 1
            select $$ $3 $$, $t$ $4 $$ $t$, $2      | 2
            select /* $3 /* $4 */ $5 */ $1 -- $6    | 1
            select $99999999                        | 65536
            select $                                | 0
            select '$1                              | 0
            """)
    void countsWhatTheServerWouldCount(String sql, int highest) {
        assertThat(Placeholders.highest(sql)).isEqualTo(highest);
    }
}
