package dev.sqlmem.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.ExtendedQuery;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.RawClient;
import dev.sqlmem.testing.SharedPostgres;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Asks the server how it writes and sorts values. */
final class ServerValues implements AutoCloseable {
    private final RawClient client;

    ServerValues() {
        String database = SharedPostgres.createDatabase("types", "TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
        client = RawClient.connect(LoginRequest.to(SharedPostgres.port(), database));
    }

    void run(String sql) {
        List<Frame> answer = client.simpleQuery(sql);
        assertThat(answer.stream().filter(frame -> frame.is('E')).map(FrameText::describe))
                .isEmpty();
    }

    /** Has the server read these values as input of a type, under default settings. */
    void load(String type, List<String> values) {
        run("RESET ALL; DROP TABLE IF EXISTS sample; CREATE TABLE sample (place int, v " + type + ")");
        run(IntStream.range(0, values.size())
                .mapToObj(i -> "(" + i + ",'" + values.get(i).replace("'", "''") + "')")
                .collect(Collectors.joining(
                        ",", "INSERT INTO sample SELECT o, v::" + type + " FROM (VALUES ", ") AS t (o, v)")));
    }

    /** The values in the binary format. */
    List<byte[]> binary() {
        return cells(ExtendedQuery.of("SELECT v FROM sample ORDER BY place").binaryResults());
    }

    /** The values as text, under the settings of this session. */
    List<String> text() {
        return texts(ExtendedQuery.of("SELECT v FROM sample ORDER BY place"));
    }

    /** The place of each value among all; equal ones share it. */
    List<Integer> ranks() {
        return texts(ExtendedQuery.of("SELECT dense_rank() OVER (ORDER BY v) FROM sample ORDER BY place")).stream()
                .map(Integer::valueOf)
                .toList();
    }

    private List<String> texts(ExtendedQuery query) {
        return cells(query).stream()
                .map(cell -> new String(cell, StandardCharsets.UTF_8))
                .toList();
    }

    private List<byte[]> cells(ExtendedQuery query) {
        List<Frame> answer = client.extended(query);
        assertThat(answer.stream().filter(frame -> frame.is('E')).map(FrameText::describe))
                .isEmpty();
        return answer.stream()
                .filter(frame -> frame.is('D'))
                .map(row -> FrameText.cells(row).get(0))
                .toList();
    }

    @Override
    public void close() {
        client.close();
    }
}
