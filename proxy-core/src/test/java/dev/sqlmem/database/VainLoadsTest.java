package dev.sqlmem.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.plan.Route;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class VainLoadsTest {
    private final AtomicLong now = new AtomicLong();
    private final VainLoads loads = new VainLoads(now::get);
    private final Route plan = new Route.Relay("any");

    @Test
    void pausesAfterSomeVainAttemptsAndTriesAgainLater() {
        for (int i = 0; i < VainLoads.ATTEMPTS; i++) {
            assertThat(loads.refuses(plan)).isFalse();
            loads.ended(plan, false);
        }
        assertThat(loads.refuses(plan)).isTrue();
        now.addAndGet(VainLoads.PAUSE_NANOS);
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
