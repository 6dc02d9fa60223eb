package dev.sqlmem.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sqlmem.server.ProxyConfig;
import dev.sqlmem.server.ProxyServer;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.util.PSQLException;

/** The session of the README's first screen, and the statements that the demo proposes, as they are after the tour. */
class ReadmeSessionTest {
    private static final String PROMPT = "    shop=# ";
    private static final Pattern ASKED = Pattern.compile("(.*);(?: +-- a (hit|miss)\\b.*)?");

    /** Counters, which are a little different each time. */
    private static final Pattern COUNT = Pattern.compile("[1-9]\\d*");

    @TempDir
    private Path directory = Path.of("");

    @Test
    void happensAsItIsPrinted() throws Exception {
        try (DemoFolder folder = DemoFolder.open(directory.resolve("demo"));
                ShopDatabase shop = ShopDatabase.start(folder);
                ProxyServer proxy = ProxyServer.start(ProxyConfig.builder(UpstreamUrl.parse(shop.url()))
                        .listen("127.0.0.1", 0)
                        .fillWait(Duration.ofSeconds(20))
                        .build());
                Connection direct = shop.connect();
                Connection client = ShopDatabase.connect(proxy.address().getPort())) {
            new Tour(direct, client, new TourPage(new PrintWriter(Writer.nullWriter()))).run(() -> false);

            List<List<String>> session = session();
            assertThat(session).hasSizeGreaterThan(4);
            for (List<String> step : session) {
                check(client, step);
            }
            for (String proposal : proposals(folder)) {
                try (Statement statement = client.createStatement();
                        ResultSet rows = statement.executeQuery(proposal)) {
                    assertThat(rows.next()).as(proposal).isTrue();
                }
            }
        }
    }

    private static void check(Connection client, List<String> step) throws SQLException {
        Matcher asked = ASKED.matcher(step.get(0));
        assertThat(asked.matches()).as(step.get(0)).isTrue();
        List<String> told = step.subList(1, step.size());
        Counters before = Counters.read(client);
        try (Statement statement = client.createStatement()) {
            if (told.get(0).startsWith("ERROR:  ")) {
                PSQLException error =
                        catchThrowableOfType(PSQLException.class, () -> statement.execute(asked.group(1)));
                var fields = error.getServerErrorMessage();
                assertThat(fields).isNotNull();
                assertThat(List.of("ERROR:  " + fields.getMessage(), "HINT:  " + fields.getHint()))
                        .isEqualTo(told);
                return;
            }
            rows(statement.executeQuery(asked.group(1)), told);
        }
        if (asked.group(2) != null) {
            assertThat(Counters.read(client).routeSince(before)).as(step.get(0)).isEqualTo(asked.group(2));
        }
    }

    /** The lines are a heading, a rule and rows. */
    private static void rows(ResultSet rows, List<String> told) throws SQLException {
        List<String> heading = cells(told.get(0));
        for (String line : told.subList(2, told.size())) {
            assertThat(rows.next()).isTrue();
            List<String> cells = cells(line);
            for (int column = 1; column <= cells.size(); column++) {
                assertThat(rows.getMetaData().getColumnLabel(column)).isEqualTo(heading.get(column - 1));
                if (List.of("hits", "misses").contains(heading.get(column - 1))) {
                    assertThat(rows.getString(column)).matches(COUNT);
                } else {
                    assertThat(rows.getString(column)).isEqualTo(cells.get(column - 1));
                }
            }
        }
        assertThat(rows.next()).isFalse();
    }

    private static List<String> cells(String line) {
        return Stream.of(line.split("\\|")).map(String::strip).toList();
    }

    /** Each statement with the lines behind it. */
    private static List<List<String>> session() throws IOException {
        List<List<String>> session = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("..", "README.md"))) {
            if (line.startsWith(PROMPT)) {
                session.add(new ArrayList<>(List.of(line.substring(PROMPT.length()))));
            } else if (line.startsWith("The demo keeps")) {
                return session;
            } else if (!session.isEmpty() && line.startsWith("    ")) {
                session.get(session.size() - 1).add(line.substring(4));
            }
        }
        throw new AssertionError("no session in the README");
    }

    private static List<String> proposals(DemoFolder folder) {
        List<String> proposals = Stream.of(Demo.next(6432, folder).split("\\R"))
                .map(String::strip)
                .filter(line -> line.startsWith("SELECT "))
                .toList();
        assertThat(proposals).hasSize(5);
        return proposals;
    }
}
