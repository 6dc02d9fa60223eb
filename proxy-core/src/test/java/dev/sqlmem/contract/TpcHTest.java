package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.FrameCompare;
import dev.sqlmem.testing.FrameCompare.ErrorMatch;
import dev.sqlmem.testing.RowOrder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A decision support schema in the manner of TPC-H: each of its 22 queries is answered exactly or relayed. */
class TpcHTest {
    private static final Pattern END = Pattern.compile(";\\s*\\n");
    private static final int LEAST_HITS = 18;

    @Test
    void answersEachQueryAsTheServerDoes() throws Exception {
        List<String> queries = statements("tpch-queries.sql");
        StringBuilder table = new StringBuilder();
        int hits = 0;
        List<String> differences = new ArrayList<>();
        try (Scene scene =
                        Scene.transparent("tpch", statements("tpch-schema.sql").toArray(String[]::new));
                Client proxied = scene.client();
                Client direct = scene.direct()) {
            assertThat(queries).hasSize(22);
            for (int i = 0; i < queries.size(); i++) {
                String sql = queries.get(i);
                boolean hit = false;
                for (int turn = 0; turn < 10 && !hit; turn++) {
                    FrameCompare compare = new FrameCompare(new RowOrder.Any(), ErrorMatch.MESSAGE);
                    compare.difference(
                                    direct.ask(sql).frames(), proxied.ask(sql).frames())
                            .ifPresent(differences::add);
                    hit = scene.isHit(proxied, sql);
                }
                hits += hit ? 1 : 0;
                List<String> explained = Scene.explain(proxied, sql);
                String reason = explained.stream()
                        .filter(row -> row.startsWith("reason: "))
                        .findFirst()
                        .orElse("");
                table.append("Q%-3d%-7s%s%n".formatted(i + 1, hit ? "hit" : "relay", reason));
            }
        }
        System.out.print(table);
        assertThat(differences).isEmpty();
        assertThat(hits).as(table.toString()).isGreaterThanOrEqualTo(LEAST_HITS);
    }

    private static List<String> statements(String resource) throws IOException {
        try (InputStream in = TpcHTest.class.getResourceAsStream(resource)) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            List<String> statements = new ArrayList<>();
            for (String each : END.split(text, -1)) {
                if (!each.isBlank()) {
                    statements.add(each.strip());
                }
            }
            return statements;
        }
    }
}
