package dev.sqlmem.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.ExtendedQuery;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameCompare;
import dev.sqlmem.testing.FrameCompare.ErrorMatch;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.Parameter;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.RawClient;
import dev.sqlmem.testing.RowOrder;
import dev.sqlmem.testing.SharedPostgres;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same promise for text in the orders of libc and ICU: the server's frames, and mostly from the cache. */
@Tag("proxy")
class TextOrderDifferentialTest {
    private static final long SEED = Long.getLong("sqlmem.oracle.seed", 20_260_301L);
    private static final int COUNT = Integer.getInteger("sqlmem.oracle.text.count", 300);

    /** The operating system's collation, where the server's machine has it. */
    private static final String THEIRS =
            "DO $$ BEGIN CREATE COLLATION theirs (provider = libc, locale = 'en_US.UTF-8');"
                    + " EXCEPTION WHEN OTHERS THEN CREATE COLLATION theirs (provider = icu, locale = 'und'); END $$";

    @Test
    void answersAsPostgresDoes() {
        TextOrderWriter writer = new TextOrderWriter(SEED);
        String database = SharedPostgres.createDatabase("text_oracle", "TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
        SharedPostgres.execute(database, THEIRS);
        SharedPostgres.execute(database, writer.script().toArray(String[]::new));
        Map<String, int[]> hits = new TreeMap<>();
        try (ProxyUnderTest proxy = ProxyUnderTest.inFrontOf(SharedPostgres.port(), database, Mode.TRANSPARENT);
                RawClient direct = RawClient.connect(LoginRequest.to(SharedPostgres.port(), database));
                RawClient proxied = RawClient.connect(LoginRequest.to(proxy.port(), database));
                RawClient admin = RawClient.connect(LoginRequest.to(proxy.port(), database))) {
            for (int i = 0; i < COUNT; i++) {
                TextOrderWriter.Written statement = writer.statement();
                List<Frame> expected = ask(direct, statement);
                int[] counts = hits.computeIfAbsent(statement.label(), label -> new int[2]);
                long before = hits(admin);
                for (int again = 0; again < 3; again++) {
                    assertThat(new FrameCompare(new RowOrder.Total(), ErrorMatch.MESSAGE)
                                    .difference(expected, ask(proxied, statement)))
                            .as("statement %d of seed %d: %s", i, SEED, statement)
                            .isEmpty();
                }
                counts[0] += 3;
                counts[1] += (int) (hits(admin) - before);
            }
        }
        hits.forEach((label, counts) -> {
            System.out.printf("%-20s %6d asked %6d hits%n", label, counts[0], counts[1]);
            assertThat((double) counts[1] / counts[0]).as("share of %s", label).isGreaterThan(0.3);
        });
    }

    private static long hits(RawClient admin) {
        return Long.parseLong(
                FrameText.textRows(admin.simpleQuery("SELECT value FROM sqlmem.stats WHERE name = 'hits'"))
                        .get(0)
                        .get(0));
    }

    private static List<Frame> ask(RawClient client, TextOrderWriter.Written statement) {
        return statement.sql().contains("$1")
                ? client.extended(ExtendedQuery.of(statement.sql()).with(Parameter.text(statement.parameter())))
                : client.simpleQuery(statement.sql());
    }
}
