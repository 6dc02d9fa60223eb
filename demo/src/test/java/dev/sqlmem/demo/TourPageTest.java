package dev.sqlmem.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TourPageTest {
    private final StringWriter text = new StringWriter();
    private final TourPage page = new TourPage(new PrintWriter(text));

    @Test
    void showsBothRoutesWhereTheFirstTimeMadeADifference() {
        page.outcome(new Outcome(
                Step.read("SELECT a FROM t"),
                "miss",
                "hit",
                OptionalLong.of(1_234_567),
                OptionalLong.of(98_765),
                null));

        assertThat(text.toString().split("\\s\\s+"))
                .containsExactly("", "SELECT a FROM t", "miss > hit", "1.235 ms", "0.099 ms" + System.lineSeparator());
    }

    @Test
    void showsTheErrorBelowARefusedStatement() {
        page.outcome(new Outcome(
                Step.write("DELETE FROM t"),
                "refused",
                "refused",
                OptionalLong.empty(),
                OptionalLong.empty(),
                "25006 ReadOnlyError: " + "x".repeat(200)));

        assertThat(text.toString().lines()).hasSize(2);
        assertThat(text.toString().lines().findFirst().orElseThrow())
                .contains("refused  ")
                .endsWith("-");
        assertThat(text.toString()).contains("    ERROR 25006 ReadOnlyError: x").contains("x…");
    }

    @Test
    void fitsTheTerminal() {
        page.head();
        for (Chapter chapter : TourPlan.CHAPTERS) {
            page.chapter(chapter.title());
            for (Step step : chapter.steps()) {
                page.outcome(new Outcome(
                        step,
                        "miss",
                        "relayed",
                        OptionalLong.of(999_999_999L),
                        OptionalLong.of(999_999_999L),
                        "0A000 " + "y".repeat(200)));
            }
        }

        assertThat(text.toString().lines())
                .hasSizeGreaterThan(20)
                .allMatch(line -> line.length() <= TourPage.WIDTH)
                .filteredOn(line -> line.contains("miss > relayed"))
                .hasSize(TourPlan.CHAPTERS.stream()
                        .mapToInt(chapter -> chapter.steps().size())
                        .sum())
                .allMatch(line -> line.indexOf("miss > relayed") == TourPage.STATEMENT_WIDTH + 1);
    }
}
