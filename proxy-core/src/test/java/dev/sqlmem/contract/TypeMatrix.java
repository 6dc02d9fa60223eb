package dev.sqlmem.contract;

import dev.sqlmem.contract.Inquiry.Route;
import dev.sqlmem.testing.ExtendedQuery;
import dev.sqlmem.testing.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every type in every use: a table with a column of each type, and one statement for each use of it. */
final class TypeMatrix {

    /** A type with two values of it, as text. */
    record Sample(String type, String first, String second) {}

    private static final List<String> DEFINITIONS = List.of(
            "CREATE TYPE an_enum AS ENUM ('two', 'one')",
            "CREATE DOMAIN a_domain AS int4 CHECK (VALUE > 0)",
            "CREATE DOMAIN a_text_domain AS varchar(10)",
            "CREATE TYPE a_composite AS (a int4, b text)");

    /** What is tried, with {@code $c} for the column, {@code $1st} and {@code $2nd} for the values. */
    private static final Map<String, String> USES = new LinkedHashMap<>();

    static {
        USES.put("text", "SELECT $c FROM samples");
        USES.put("binary", "SELECT $c FROM samples");
        USES.put("IS NULL", "SELECT id FROM samples WHERE $c IS NULL");
        USES.put("count", "SELECT count($c) FROM samples");
        USES.put("=", "SELECT id FROM samples WHERE $c = '$1st'");
        USES.put("= $1", "SELECT id FROM samples WHERE $c = $1");
        USES.put("IN", "SELECT id FROM samples WHERE $c IN ('$1st', '$2nd')");
        USES.put("<", "SELECT id FROM samples WHERE $c < '$2nd'");
        USES.put("ORDER BY", "SELECT id FROM samples ORDER BY $c, id");
        USES.put("GROUP BY", "SELECT $c, count(*) FROM samples GROUP BY $c");
        USES.put("DISTINCT", "SELECT DISTINCT $c FROM samples");
        USES.put("count(DISTINCT)", "SELECT count(DISTINCT $c) FROM samples");
        USES.put("min, max", "SELECT min($c), max($c) FROM samples");
        USES.put("sum", "SELECT sum($c) FROM samples");
        USES.put("avg", "SELECT avg($c) FROM samples");
    }

    private final List<Sample> samples = new ArrayList<>();

    TypeMatrix(String resource) {
        for (String line : Probe.lines(resource)) {
            String[] parts = line.split("\\|", -1);
            samples.add(new Sample(parts[0].trim(), parts[1].trim(), parts[2].trim()));
        }
    }

    /** The statements that make the table. */
    List<String> script() {
        List<String> script = new ArrayList<>(DEFINITIONS);
        StringBuilder columns = new StringBuilder("CREATE TABLE samples (id int4 PRIMARY KEY");
        StringBuilder first = new StringBuilder("INSERT INTO samples VALUES (1");
        StringBuilder second = new StringBuilder("), (2");
        StringBuilder again = new StringBuilder("), (3");
        for (int i = 0; i < samples.size(); i++) {
            Sample sample = samples.get(i);
            columns.append(", ").append(column(i)).append(' ').append(sample.type());
            first.append(", ").append(quoted(sample.first()));
            second.append(", ").append(quoted(sample.second()));
            again.append(", ").append(quoted(sample.first()));
        }
        script.add(columns + ")");
        script.add(first.toString() + second + again + ")");
        script.add("INSERT INTO samples (id) VALUES (4)");
        return script;
    }

    /** Asks everything; returns the table's rows in Markdown. */
    List<String> rows(Inquiry inquiry) {
        List<String> rows = new ArrayList<>();
        rows.add("| type | " + String.join(" | ", USES.keySet()) + " | |");
        rows.add("| --- |" + " --- |".repeat(USES.size() + 1));
        for (int i = 0; i < samples.size(); i++) {
            rows.add(row(inquiry, i));
        }
        return rows;
    }

    private String row(Inquiry inquiry, int number) {
        Sample sample = samples.get(number);
        StringBuilder row = new StringBuilder("| `" + sample.type() + "` |");
        String reason = "";
        for (Map.Entry<String, String> use : USES.entrySet()) {
            Route route = ask(inquiry, use.getKey(), use.getValue(), number);
            boolean impossible = !route.serverError().isEmpty();
            row.append(impossible ? "  |" : route.hit() ? " + |" : " - |");
            if (!impossible && !route.hit() && reason.isEmpty()) {
                reason = use.getKey() + ": " + route.reason().replace("column " + column(number) + ": ", "");
            }
        }
        return row + " " + GeneratedDocument.cell(reason) + " |";
    }

    private Route ask(Inquiry inquiry, String use, String statement, int number) {
        Sample sample = samples.get(number);
        String sql = statement
                .replace("$c", column(number))
                .replace("$1st", sample.first().replace("'", "''"))
                .replace("$2nd", sample.second().replace("'", "''"));
        if (use.equals("binary")) {
            return inquiry.ask(ExtendedQuery.of(sql).binaryResults(), true);
        }
        return use.endsWith("$1")
                ? inquiry.ask(ExtendedQuery.of(sql).with(Parameter.text(sample.first())), true)
                : inquiry.ask(sql, true);
    }

    private static String column(int number) {
        return "c" + (number + 1);
    }

    private static String quoted(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
