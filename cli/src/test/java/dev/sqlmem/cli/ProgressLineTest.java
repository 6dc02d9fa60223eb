package dev.sqlmem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
    private final StringWriter written = new StringWriter();
    private List<String> loads = List.of();
    private final ProgressLine line = new ProgressLine(() -> loads, new PrintWriter(written));

    @Test
    void writesNothingWhereNothingTakesLong() {
        line.paint();
        line.paint();
        line.close();

        assertThat(written.toString()).isEmpty();
    }

    @Test
    void paintsOverItselfAndIsGoneInTheEnd() {
        loads = List.of("shop.public.orders: 1024 rows");
        line.paint();
        loads = List.of("shop.public.orders: 2048 rows", "shop.public.items: 1 rows");
        line.paint();
        assertThat(written.toString())
                .isEqualTo("\r\033[K\033[?7lloading shop.public.orders: 1024 rows\033[?7h"
                        + "\r\033[K\033[?7lloading shop.public.orders: 2048 rows (and 1 more)\033[?7h");

        loads = List.of();
        line.paint();
        line.close();
        assertThat(written.toString()).endsWith("(and 1 more)\033[?7h\r\033[K");
    }
}
