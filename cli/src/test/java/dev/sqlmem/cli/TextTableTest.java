package dev.sqlmem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void alignsTextLeftAndNumbersRight() {
        TextTable table = new TextTable(
                List.of("name", "rows", "state"), List.of(List.of("orders", "100000", "ready"), List.of("t", "7", "")));

        assertThat(table.lines())
                .containsExactly(
                        "name      rows  state", "------  ------  -----", "orders  100000  ready", "t            7");
    }

    @Test
    void showsHeadersOfAnEmptyTable() {
        assertThat(new TextTable(List.of("name", "value"), List.of()).lines())
                .containsExactly("name  value", "----  -----");
    }

    @Test
    void putsACellOnOneLineAndCutsAVeryLongOne() {
        TextTable table =
                new TextTable(List.of("shape"), List.of(List.of("SELECT a\n  FROM b"), List.of("x".repeat(200))));

        assertThat(table.lines()).contains("SELECT a FROM b").allMatch(line -> line.length() <= 72);
        assertThat(table.lines().get(3)).endsWith("x…");
    }

    @Test
    void refusesRaggedRows() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TextTable(List.of("a", "b"), List.of(List.of("1"))));
    }
}
