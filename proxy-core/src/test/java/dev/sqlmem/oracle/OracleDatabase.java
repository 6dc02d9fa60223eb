package dev.sqlmem.oracle;

import dev.sqlmem.testing.SharedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * The database that the oracle asks about: UTF-8, C locale, every kind of table.
 *
 * <p>Made once per JVM, never written to afterwards.
 */
public final class OracleDatabase {
    /** A role that may read some tables, of {@code orders} some columns, of {@code guarded} its own rows. */
    public static final String READER = "oracle_reader";

    private static final int ROWS_OF_EVERY_TYPE = 240;
    private static final int NULLS_PERCENT = 12;
    private static final String NAME = create();

    private OracleDatabase() {}

    /** The port of the server that has the database. */
    public static int port() {
        return SharedPostgres.port();
    }

    public static String name() {
        return NAME;
    }

    private static String create() {
        SharedPostgres.execute("postgres", "CREATE ROLE " + READER + " LOGIN");
        String name = SharedPostgres.createDatabase("oracle", "TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
        SharedPostgres.execute(
                name,
                script(),
                rows("every_type", OracleTables.EVERY_TYPE),
                rows("more_types", OracleTables.MORE_TYPES),
                "ANALYZE");
        return name;
    }

    private static String script() {
        try (InputStream in = OracleDatabase.class.getResourceAsStream("oracle.sql")) {
            String script = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return SharedPostgres.version() < 18 ? script.replace(" VIRTUAL", " STORED") : script;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every column runs through its type's edge values; the columns keep different steps. */
    private static String rows(String name, OracleTable table) {
        Random random = new Random(1);
        List<OracleColumn> columns = table.columns();
        List<List<String>> texts = columns.stream()
                .map(column -> SampleValues.texts(column.type(), random))
                .toList();
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < ROWS_OF_EVERY_TYPE; row++) {
            List<String> cells = new ArrayList<>(List.of(String.valueOf(row - 20)));
            for (int i = 1; i < columns.size(); i++) {
                List<String> choices = texts.get(i);
                String text = row < choices.size() ? choices.get(row) : choices.get(random.nextInt(choices.size()));
                cells.add(random.nextInt(100) < NULLS_PERCENT ? "NULL" : SampleValue.quoted(text));
            }
            rows.add("(" + String.join(", ", cells) + ")");
        }
        return "INSERT INTO " + name + " VALUES " + String.join(",\n", rows);
    }
}
