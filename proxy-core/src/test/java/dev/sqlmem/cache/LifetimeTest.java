package dev.sqlmem.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LifetimeTest {
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    @Test
    void answersWhileYoungAndThenForTheOneWhoRefreshes() {
        Lifetime life = new Lifetime(TEN_SECONDS, 0, 0);
        assertThat(life.answers(9_999)).isTrue();
        assertThat(life.claim(9_999)).isFalse();
        assertThat(life.answers(10_000)).isTrue();
        assertThat(life.claim(10_000)).isTrue();
        assertThat(life.claim(10_001)).isFalse();
        assertThat(life.answers(99_999)).isTrue();
        assertThat(life.answers(100_000)).isFalse();
    }

    @Test
    void doesNotAnswerWhatNobodyAskedForAWhile() {
        Lifetime life = new Lifetime(TEN_SECONDS, 0, 0);
        assertThat(life.answers(19_999)).isTrue();
        assertThat(life.answers(20_000)).isFalse();
    }

    @Test
    void answersOnAfterFailuresUpToTheBound() {
        Lifetime life = new Lifetime(TEN_SECONDS, 0, 0);
        assertThat(life.claim(10_000)).isTrue();
        life.failed(15_000);
        assertThat(life.claim(14_999)).isFalse();
        assertThat(life.answers(60_000)).isTrue();
        assertThat(life.claim(60_000)).isTrue();
        life.failed(1_000_000);
        assertThat(life.answers(99_999)).isTrue();
        assertThat(life.answers(100_000)).isFalse();
        assertThat(life.planned()).isEqualTo(1_000_000);
    }

    @Test
    void spendsAtMostHalfOfTheTimeOnLoading() {
        Lifetime life = new Lifetime(TEN_SECONDS, 0, 60_000);
        assertThat(life.claim(119_999)).isFalse();
        assertThat(life.claim(120_000)).isTrue();
        assertThat(life.answers(120_000 + 60_000)).isTrue();
    }

    @Test
    void shortTimesToLiveAreBoundedByAMinute() {
        Lifetime life = new Lifetime(Duration.ofMillis(100), 0, 0);
        assertThat(life.claim(150)).isTrue();
        assertThat(life.answers(60_099)).isTrue();
        assertThat(life.answers(60_100)).isFalse();
    }
}
