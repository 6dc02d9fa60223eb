package dev.sqlmem.oracle;

import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TableName;
import dev.sqlmem.oracle.DifferentialGenerator.Subject;
import dev.sqlmem.plan.Described;
import dev.sqlmem.sql.shape.Shape;
import dev.sqlmem.sql.shape.ShapeKey;
import dev.sqlmem.sql.shape.ShapeScanner;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.RawClient;
import dev.sqlmem.testing.SharedPostgres;
import dev.sqlmem.translate.Planner;
import dev.sqlmem.upstream.jdbc.ServiceDatabase;
import dev.sqlmem.upstream.url.UpstreamUrl;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prints how much processor time the planner takes for generated statements and for deep ones.
 * To be run by hand: the first argument says how many statements, the figures are each one's least of three rounds after a first.
 */
public final class PlanningTimes {
    private static final int SHOWN = 12;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private PlanningTimes() {}

    private record Timed(String sql, long nanos) {}

    /** The server's answers, asked once. */
    private record Known(ServiceDatabase service, Map<TableName, Optional<TableDefinition>> tables)
            implements Planner.Server {
        @Override
        public @Nullable TableDefinition resolve(TableName name) throws Exception {
            Optional<TableDefinition> known = tables.get(name);
            if (known == null) {
                known = Optional.ofNullable(service.resolve("public", name));
                tables.put(name, known);
            }
            return known.orElse(null);
        }

        @Override
        public Described describe(String sql, List<Integer> declared) {
            return Described.refused("not asked");
        }

        @Override
        public Set<String> userDefined() {
            return Set.of();
        }
    }

    public static void main(String[] arguments) throws Exception {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        try (ServiceDatabase service =
                new ServiceDatabase(UpstreamUrl.parse(SharedPostgres.url(OracleDatabase.name())))) {
            Known known = new Known(service, new HashMap<>());
            List<String> generated = generated(count);
            print("generated statements", rounds(generated, known));
            for (Map.Entry<String, List<String>> deep : deep().entrySet()) {
                print(deep.getKey(), rounds(deep.getValue(), known));
            }
        }
        System.exit(0);
    }

    private static List<String> generated(int count) {
        List<String> texts = new ArrayList<>();
        LoginRequest login = LoginRequest.to(OracleDatabase.port(), OracleDatabase.name());
        for (Subject subject : Subject.values()) {
            DifferentialGenerator generator;
            try (RawClient plain = RawClient.connect(login)) {
                generator = new DifferentialGenerator(new SampleValues(plain, 1), 1, subject);
            }
            for (int i = 0; i < count / 2; i++) {
                SqlText text = generator.statement(generator.dice(i)).text();
                texts.add(i % 2 == 0 ? text.withLiterals() : text.withParameters());
            }
        }
        return texts;
    }

    private static Map<String, List<String>> deep() {
        Map<String, List<String>> deep = new LinkedHashMap<>();
        for (int depth : new int[] {5, 10, 20, 40, 100, 300, 1000, 5000}) {
            List<String> texts = new ArrayList<>();
            String from = " FROM narrow";
            texts.add("SELECT id" + from + " WHERE " + "(".repeat(depth) + "id = 1" + ")".repeat(depth));
            texts.add("SELECT " + "(".repeat(depth) + "id + 1" + ")".repeat(depth) + from);
            texts.add("SELECT " + "abs(".repeat(depth) + "id" + ")".repeat(depth) + from);
            texts.add("SELECT " + "coalesce(id, ".repeat(depth) + "1" + ")".repeat(depth) + from);
            texts.add("SELECT " + "CASE WHEN id = 1 THEN 2 ELSE ".repeat(depth) + "3" + " END".repeat(depth) + from);
            texts.add("SELECT id" + from + " WHERE " + "NOT (".repeat(depth) + "id = 1" + ")".repeat(depth));
            texts.add("SELECT id" + from + " WHERE " + "id = 1 OR ".repeat(depth) + "id = 2");
            texts.add("SELECT id" + from + " WHERE " + "(id = 1 OR ".repeat(depth) + "id = 2" + ")".repeat(depth));
            texts.add("SELECT id" + from + " WHERE " + "(id + ".repeat(depth) + "id" + ")".repeat(depth) + " = 3");
            texts.add("SELECT id" + from + " WHERE " + "id IN (SELECT id FROM narrow WHERE ".repeat(depth) + "a = 1"
                    + ")".repeat(depth));
            texts.add("SELECT id FROM (".repeat(depth) + "SELECT id FROM narrow" + ") s".repeat(depth));
            texts.add("SELECT 1" + " + id".repeat(depth) + from);
            texts.add("SELECT id" + from + " WHERE id IN (1" + ", 2".repeat(Math.min(depth, 250)) + ")");
            texts.add("SELECT id::int" + "::int".repeat(depth) + from);
            texts.add("SELECT id" + from + " UNION ALL SELECT id FROM narrow".repeat(depth));
            texts.add("SELECT " + "((id)".repeat(depth) + ")".repeat(depth) + from);
            texts.add("(".repeat(depth) + "SELECT id FROM narrow" + ")".repeat(depth));
            deep.put("depth " + depth, texts);
        }
        return deep;
    }

    /** The least time of three rounds after a first, so that what the machine does meanwhile is left out. */
    private static List<Timed> rounds(List<String> texts, Planner.Server server) throws Exception {
        time(texts, server);
        List<Timed> least = time(texts, server);
        for (int i = 0; i < 2; i++) {
            List<Timed> again = time(texts, server);
            for (int j = 0; j < least.size(); j++) {
                if (again.get(j).nanos < least.get(j).nanos) {
                    least.set(j, again.get(j));
                }
            }
        }
        return least;
    }

    private static List<Timed> time(List<String> texts, Planner.Server server) throws Exception {
        List<Timed> times = new ArrayList<>();
        ShapeScanner scanner = new ShapeScanner();
        Map<ShapeKey, Boolean> seen = new HashMap<>();
        for (String sql : texts) {
            ByteBuf text = Unpooled.copiedBuffer(sql, StandardCharsets.UTF_8);
            Shape shape = new Shape();
            scanner.scan(text, 0, text.readableBytes(), true, shape);
            if (shape.plannable() && seen.put(shape.key(), true) == null) {
                long start = THREADS.getCurrentThreadCpuTime();
                Planner.plan(shape.key(), shape, List.of(), server);
                times.add(new Timed(sql, THREADS.getCurrentThreadCpuTime() - start));
            }
        }
        return times;
    }

    private static void print(String what, List<Timed> times) {
        List<Timed> sorted = new ArrayList<>(times);
        sorted.sort(Comparator.comparingLong(Timed::nanos));
        if (sorted.isEmpty()) {
            return;
        }
        System.out.printf(
                "%s: %d shapes, p50 %.3f ms, p99 %.3f ms, p99.9 %.3f ms, most %.3f ms%n",
                what,
                sorted.size(),
                milliseconds(sorted, 0.5),
                milliseconds(sorted, 0.99),
                milliseconds(sorted, 0.999),
                milliseconds(sorted, 1));
        for (Timed slow : sorted.subList(Math.max(0, sorted.size() - SHOWN), sorted.size())) {
            String sql = slow.sql.length() > 150 ? slow.sql.substring(0, 150) + "…" : slow.sql;
            System.out.printf("  %8.3f ms  %s%n", slow.nanos / 1e6, sql);
        }
    }

    private static double milliseconds(List<Timed> sorted, double share) {
        return sorted.get((int) Math.min(sorted.size() - 1.0, Math.floor(sorted.size() * share))).nanos / 1e6;
    }
}
