package dev.sqlmem.translate.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Pieces of a statement: what they say of themselves, and the text that they become. */
final class SqlTest {

    @Test
    void mayFailWhereAPartMay() {
        Sql plain = Sql.of("(", Sql.text("a"), " + ", Sql.text("b"), ")");
        assertThat(plain.isFailing()).isFalse();
        Sql failing = Sql.of("abs(", plain, ")").failing();
        assertThat(Sql.join(", ", List.of(plain, Sql.of("max(", failing, ")"))).isFailing())
                .isTrue();
        assertThat(Sql.of("(CASE WHEN ", plain, " THEN ", Sql.FAILURE, " END)").isFailing())
                .isTrue();
        assertThat(failing.bound(each -> each).isFailing()).isTrue();
    }

    @Test
    void isWhatItsPartsAreHoweverItWasPutTogether() {
        assertThat(Sql.of("a.", Sql.of("b", Sql.of(), " = "), "c")).isEqualTo(Sql.text("a.b = c"));
        assertThat(Sql.of("a")).isNotEqualTo(Sql.of(Sql.table(1)));
    }

    /** Text that looks like a mark is text. */
    @Test
    void placesTablesAndCarriesColumnsOnceAtTheEnd() {
        Sql first = Sql.carried(1, Sql.text("t.c9 AS o1"));
        Sql second = Sql.carried(2, Sql.text("t.c8 AS o2"));
        Sql select = Sql.of("SELECT '{7}', '{o1}'", first, second, " FROM ", Sql.table(7), " AS t");
        Map<Long, String> schemas = Map.of(7L, "g3");
        assertThat(select.statement(schemas, Set.of()).text()).isEqualTo("SELECT '{7}', '{o1}' FROM g3.t AS t");
        assertThat(select.statement(schemas, Set.of(2)).text())
                .isEqualTo("SELECT '{7}', '{o1}', t.c8 AS o2 FROM g3.t AS t");
    }
}
