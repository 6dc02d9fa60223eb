package dev.sqlmem.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.sql.classify.Classification;
import dev.sqlmem.sql.classify.Effects;
import dev.sqlmem.sql.classify.StatementClass;
import dev.sqlmem.sql.classify.StatementKind;
import dev.sqlmem.sql.shape.HeldLiterals;
import dev.sqlmem.sql.shape.Shape;
import dev.sqlmem.sql.shape.ShapeScanner;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class PlansTest {
    private static final Classification SELECT = new Classification(
            StatementKind.SELECT,
            null,
            Effects.NONE,
            List.of(new StatementClass(StatementKind.SELECT, "SELECT", null, Effects.NONE)));

    private static final int FLOOD = 20_001;
    private static final Planned PLAN = new Planned(new Route.Relay("a plan"), new int[0]);

    private final Shape shape = new Shape();
    private final PlanKey probe = PlanKey.probe(shape);
    private final Plans plans = new Plans(8 << 20);
    private final PlanSpace space = plans.space("pg_catalog, public");

    private void scan(String text) {
        new ShapeScanner()
                .scan(Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8)), 0, text.length(), true, shape);
        assertThat(shape.plannable()).isTrue();
    }

    private ShapeEntry ask(PlanSpace in, String text, Classification classification) {
        scan(text);
        ShapeEntry known = in.find(probe);
        if (known == null) {
            return in.add(shape, classification);
        }
        return known;
    }

    private ShapeEntry ask(String text) {
        return ask(space, text, SELECT);
    }

    private static void plan(ShapeEntry entry) {
        entry.keep(PLAN, 1, List.of(), HeldLiterals.NONE);
    }

    private static boolean isPlanned(ShapeEntry entry) {
        return entry.route(1, List.of(), HeldLiterals.NONE) == PLAN.route();
    }

    private long calls() {
        return plans.entries().stream()
                        .mapToLong(entry -> entry.counters().calls())
                        .sum()
                + plans.others().calls();
    }

    @Test
    void shapesThatNobodyRepeatsDoNotThrowAwayThePlanOfAHotOne() {
        plan(ask("SELECT hot FROM t"));
        for (int i = 0; i < FLOOD; i++) {
            plan(ask("SELECT c" + i + " FROM t"));
            ask("SELECT hot FROM t");
        }

        assertThat(isPlanned(ask("SELECT hot FROM t"))).isTrue();
    }

    @Test
    void totalsHoldWhateverMakesRoom() {
        for (int i = 0; i < FLOOD; i++) {
            StatementCounters counters = ask("SELECT c" + i + " FROM t").counters();
            counters.hit(2, 1_000);
            counters.relayed("a reason");
            counters.verify(i % 2 == 0);
        }

        assertThat(plans.others().calls()).isPositive();
        assertThat(calls()).isEqualTo(2 * FLOOD);
        assertThat(plans.others().hits()
                        + plans.entries().stream()
                                .mapToLong(entry -> entry.counters().hits())
                                .sum())
                .isEqualTo(FLOOD);
        assertThat(plans.others().meanMicros()).isEqualTo(1);
        assertThat(plans.others().p99Micros()).isEqualTo(1);
        assertThat(plans.others().relayedBecause()).isNull();
    }

    @Test
    void totalsHoldWhileSomebodyStillHoldsWhatMadeRoom() throws InterruptedException {
        List<ShapeEntry> held = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 2_000; i++) {
            held.add(ask("SELECT held" + i + " FROM t"));
        }
        int threads = 4;
        CountDownLatch done = new CountDownLatch(threads);
        for (int t = 0; t < threads; t++) {
            new Thread(() -> {
                        held.forEach(each -> each.counters().hit(1, 1));
                        done.countDown();
                    })
                    .start();
        }
        for (int i = 0; i < FLOOD; i++) {
            ask("SELECT c" + i + " FROM t");
        }
        done.await();

        assertThat(plans.others().calls()).isPositive();
        assertThat(calls()).isEqualTo((long) threads * held.size());
    }

    @Test
    void whatIsHeldTakesItsPlaceAgainWithItsPlan() {
        ShapeEntry held = ask("SELECT held FROM t");
        plan(held);
        pushOut("SELECT held FROM t");
        held.counters().hit(1, 1);

        assertThat(held.current()).isSameAs(held);
        assertThat(isPlanned(held)).isTrue();
        assertThat(ask("SELECT held FROM t")).isSameAs(held);
        held.counters().hit(1, 1);
        assertThat(held.counters().hits()).isEqualTo(1);
        assertThat(plans.others().hits()).isEqualTo(1);
    }

    private void pushOut(String text) {
        for (int round = 0; present(text); round++) {
            for (int i = 0; i < 5_000; i++) {
                ask("SELECT c" + i + " , r" + round + " FROM t");
                ask("SELECT c" + i + " , r" + round + " FROM t");
            }
        }
    }

    @Test
    void aDisabledShapeStaysSoWhenItComesBack() {
        ShapeEntry wrong = ask("SELECT wrong FROM t");
        wrong.disable("it was wrong");
        pushOut("SELECT wrong FROM t");
        ShapeEntry again = ask("SELECT wrong FROM t");

        assertThat(again).isNotSameAs(wrong);
        assertThat(again.disabled()).isEqualTo("it was wrong");
    }

    @Test
    void aShapeThatIsDisabledByWhoStillHoldsAnOldEntryIsDisabledForAll() {
        ShapeEntry old = ask("SELECT wrong FROM t");
        pushOut("SELECT wrong FROM t");
        ShapeEntry now = ask("SELECT wrong FROM t");
        old.disable("it was wrong");

        assertThat(now.disabled()).isEqualTo("it was wrong");
        assertThat(old.current()).isSameAs(now);
    }

    private boolean present(String text) {
        scan(text);
        return space.find(probe) != null;
    }

    @Test
    void manySearchPathsShareOneMemory() {
        for (int i = 0; i < FLOOD; i++) {
            plan(ask(plans.space("pg_catalog, s" + i), "SELECT a FROM t", SELECT));
        }

        assertThat(plans.entries()).hasSizeLessThan(4_000);
        assertThat(ask(plans.space("pg_catalog, one"), "SELECT a FROM t", SELECT))
                .isNotSameAs(ask(plans.space("pg_catalog, two"), "SELECT a FROM t", SELECT));
    }

    @Test
    void stringsOfManyStatementsAreWeighedByWhatTheyTake() {
        Classification many = new Classification(
                StatementKind.READ,
                null,
                Effects.NONE,
                Collections.nCopies(32_000, SELECT.statements().get(0)));
        for (int i = 0; i < 100; i++) {
            ask(space, "a;".repeat(32_000) + "c" + i, many);
        }

        assertThat(plans.entries()).isEmpty();
    }

    @Test
    void plansOfVariantsAreWeighedToo() {
        for (int i = 0; i < 1_000; i++) {
            ShapeEntry entry = ask("SELECT c" + i + " FROM t");
            for (int type = 1; type <= 20; type++) {
                entry.keep(PLAN, 1, List.of(type), HeldLiterals.NONE);
            }
        }

        assertThat(plans.entries()).hasSizeLessThan(200);
    }
}
