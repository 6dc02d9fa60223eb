package dev.sqlmem.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EpochCacheTest {
    private static final int MANY = 100_000;

    @Test
    void anAnswerCountsInItsEpochOnly() {
        EpochCache<String, Boolean> answers = EpochCache.ofCount(10);
        answers.keep("role", true, 7);

        assertThat(answers.get("role", 7)).isTrue();
        assertThat(answers.get("role", 8)).isNull();
        assertThat(answers.get("another", 7)).isNull();
        answers.keep("role", false, 8);
        assertThat(answers.get("role", 8)).isFalse();
        assertThat(answers.get("role", 7)).isNull();
    }

    @Test
    void namesThatClientsInventHaveAnEnd() {
        EpochCache<String, Integer> counted = EpochCache.ofCount(1_000);
        EpochCache<String, Integer> weighed = EpochCache.ofBytes(1_000_000, (name, answer) -> 100 + name.length());
        for (int i = 0; i < MANY; i++) {
            counted.keep("name " + i, i, 1);
            weighed.keep("a name of some length ".repeat(50) + i, i, 1);
        }

        assertThat(present(counted, "name ")).isBetween(1L, 1_000L);
        assertThat(present(weighed, "a name of some length ".repeat(50))).isBetween(1L, 900L);
    }

    private static long present(EpochCache<String, Integer> answers, String name) {
        return IntStream.range(0, MANY)
                .filter(i -> answers.get(name + i, 1) != null)
                .count();
    }
}
