package dev.sqlmem.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.plan.Route;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class ThrashGuardTest {
    private final AtomicLong now = new AtomicLong();
    private final ThrashGuard loads = new ThrashGuard(now::get);
    private final Route plan = new Route.Relay("any");

    @Test
    void pausesAfterSomeVainAttemptsAndTriesAgainLater() {
        for (int i = 0; i < ThrashGuard.ATTEMPTS; i++) {
            assertThat(loads.refuses(plan)).isFalse();
            loads.ended(plan, false);
        }
        assertThat(loads.refuses(plan)).isTrue();
        now.addAndGet(ThrashGuard.PAUSE_NANOS);
        assertThat(loads.refuses(plan)).isFalse();
        loads.ended(plan, false);
        assertThat(loads.refuses(plan)).isFalse();
    }

    @Test
    void forgetsFailuresAfterASuccess() {
        loads.ended(plan, false);
        loads.ended(plan, false);
        loads.ended(plan, true);
        loads.ended(plan, false);
        assertThat(loads.refuses(plan)).isFalse();
    }
}
