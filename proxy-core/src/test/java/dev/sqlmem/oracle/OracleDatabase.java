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
 * The databases that the oracle asks about: UTF-8, every kind of table. They differ in the order of text: one has
 * locale C, one a collation of ICU's, as ordinary databases have one of the server's own.
 *
 * <p>Each is made once per JVM, by the first who asks for it, and never written to afterwards.
 */
public final class OracleDatabase {
    /** A role that may read some tables, of {@code orders} some columns, of {@code guarded} its own rows. */
    public static final String READER = "oracle_reader";

    private static final int FIRST_VERSION_WITH_ICU = 15;
    private static final int NULLS_PERCENT = 12;
    private static final String UTF8 = "TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'";

    private OracleDatabase() {}

    /** The port of the server that has the databases. */
    public static int port() {
        return SharedPostgres.port();
    }

    /** The database whose text is ordered by code point. */
    public static String name() {
        return ByCodePoint.NAME;
    }

    /** The database whose text is ordered as ICU does for en-US; the other one where the server has no such databases. */
    static String ofIcuText() {
        return ByIcu.NAME;
    }

    /** Where the script must be committed: before 17 a transaction may not use an enum value that it has added. */
    private static final String COMMIT = "-- commit\n";

    private static final class Role {
        static {
            SharedPostgres.execute("postgres", "CREATE ROLE " + READER + " LOGIN");
        }

        static void exists() {}
    }

    private static final class ByCodePoint {
        static final String NAME = create("oracle", "");
    }

    private static final class ByIcu {
        static final String NAME = SharedPostgres.version() < FIRST_VERSION_WITH_ICU
                ? name()
                : create("oracle_icu", " LOCALE_PROVIDER icu ICU_LOCALE 'en-US'");
    }

    private static String create(String start, String locale) {
        Role.exists();
        String name = SharedPostgres.createDatabase(start, UTF8 + locale);
        SharedPostgres.execute(name, script().split(COMMIT, -1));
        SharedPostgres.execute(
                name,
                rows(OracleTables.EVERY_TYPE, 120),
                rows(OracleTables.MORE_TYPES, 120),
                rows(OracleTables.RARE_TYPES, 60),
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

    private static List<String> texts(OracleColumn column, Random random) {
        return column.samples().isEmpty() ? SampleValues.texts(column.type(), random) : column.samples();
    }

    /** Every column runs through its type's edge values; the columns keep different steps. */
    private static String rows(OracleTable table, int count) {
        Random random = new Random(1);
        List<OracleColumn> columns = table.columns();
        List<List<String>> texts =
                columns.stream().map(column -> texts(column, random)).toList();
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            List<String> cells = new ArrayList<>(List.of(String.valueOf(row - 20)));
            for (int i = 1; i < columns.size(); i++) {
                List<String> choices = texts.get(i);
                String text = row < choices.size() ? choices.get(row) : choices.get(random.nextInt(choices.size()));
                cells.add(random.nextInt(100) < NULLS_PERCENT ? "NULL" : SampleValue.quoted(text));
            }
            rows.add("(" + String.join(", ", cells) + ")");
        }
        return "INSERT INTO " + table.sql() + " VALUES " + String.join(",\n", rows);
    }
}
