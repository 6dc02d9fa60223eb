package dev.sqlmem.sql.classify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The statements of {@code statements.txt} with what is expected of them. */
public final class StatementTable {

    public static final CatalogNames CATALOG =
            new CatalogNames(Set.of(resource("catalog-relations.txt").trim().split("\\s+")));

    private StatementTable() {}

    /** One line: {@code sqlState} is that of the refusal, or null. */
    public record Expectation(
            String sql, StatementKind kind, @Nullable String sqlState, boolean multi) {
        @Override
        public String toString() {
            return kind + " " + sqlState + ": " + sql;
        }
    }

    public static List<Expectation> load() {
        List<Expectation> expectations = new ArrayList<>();
        Expectation heading = new Expectation("", StatementKind.EMPTY, null, false);
        for (String line : resource("statements.txt").split("\n", -1)) {
            if (line.startsWith("## ")) {
                List<String> words = List.of(line.substring(3).split(" ", -1));
                String state = words.size() > 1 && !words.get(1).equals("multi") ? words.get(1) : null;
                heading = new Expectation("", StatementKind.valueOf(words.get(0)), state, words.contains("multi"));
            } else if (!line.isEmpty()) {
                String sql = line.replace('⏎', '\n');
                expectations.add(new Expectation(sql, heading.kind(), heading.sqlState(), heading.multi()));
            }
        }
        return expectations;
    }

    static String resource(String name) {
        try (InputStream in = StatementTable.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
