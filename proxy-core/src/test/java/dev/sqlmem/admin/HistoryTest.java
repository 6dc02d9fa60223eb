package dev.sqlmem.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.admin.HistoryReport.Slice;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final History history = new History(START);

    @Test
    void isEmptyAtTheStart() {
        assertThat(history.report()).isEqualTo(new HistoryReport(START, 10, List.of()));
    }

    @Test
    void holdsWhatEachSliceAdded() {
        history.slice(new Slice(5, 1, 2, 0), at(1));
        history.slice(new Slice(5, 1, 2, 0), at(2));
        history.slice(new Slice(9, 1, 3, 4), at(3));

        assertThat(history.report().slices())
                .containsExactly(new Slice(5, 1, 2, 0), new Slice(0, 0, 0, 0), new Slice(4, 0, 1, 4));
        assertThat(history.report().end()).isEqualTo(at(3));
    }

    @Test
    void forgetsWhatIsOlderThanAnHour() {
        for (int i = 1; i <= 400; i++) {
            history.slice(new Slice(i * (i + 1L) / 2, 0, 0, 0), at(i));
        }

        assertThat(history.report().slices()).hasSize(360).first().isEqualTo(new Slice(41, 0, 0, 0));
        assertThat(history.report().slices().get(359)).isEqualTo(new Slice(400, 0, 0, 0));
    }

    private static Instant at(int slice) {
        return START.plus(History.SLICE.multipliedBy(slice));
    }
}
