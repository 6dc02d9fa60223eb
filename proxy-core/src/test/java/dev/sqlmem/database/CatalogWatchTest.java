package dev.sqlmem.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Collection;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CatalogWatchTest {
    private static final int MOST = 100;

    private Collection<String> asked = Set.of();

    private final CatalogWatch watch = new CatalogWatch(
            names -> {
                asked = names;
                return names.size() + "/reach";
            },
            () -> 0,
            MOST);

    @Test
    void namesThatAreNotThereDoNotMakeTheQuestionLongerForEver() throws SQLException {
        for (int i = 0; i < 100_000; i++) {
            watch.watch("name" + i);
            assertThat(asked.size()).isLessThanOrEqualTo(MOST);
        }

        assertThat(asked).contains("name99999");
    }

    @Test
    void whatWasKnownOfForgottenNamesCountsNoMore() throws SQLException {
        watch.watch("table");
        for (int i = 1; i < MOST; i++) {
            watch.watch("name" + i);
        }
        int epoch = watch.epoch();
        int changes = watch.changes();
        int detected = watch.detected();
        watch.watch("table");
        assertThat(watch.epoch()).isEqualTo(epoch);

        watch.watch("one more");

        assertThat(asked).containsExactly("one more");
        assertThat(watch.epoch()).isGreaterThan(epoch);
        assertThat(watch.changes()).isGreaterThan(changes);
        assertThat(watch.detected()).isGreaterThan(detected);
        watch.watch("table");
        assertThat(asked).containsExactlyInAnyOrder("one more", "table");
        int after = watch.epoch();
        watch.look();
        assertThat(watch.epoch()).isEqualTo(after);
    }
}
