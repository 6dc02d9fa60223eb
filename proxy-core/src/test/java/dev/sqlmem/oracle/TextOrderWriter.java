package dev.sqlmem.oracle;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Writes statements whose answers depend on how the server orders text. */
final class TextOrderWriter {
    /** What collations disagree about: case, accents, their decomposed forms, punctuation, blanks, other scripts. */
    private static final List<String> PIECES = List.of(
            "a",
            "A",
            "b",
            "B",
            "z",
            "Z",
            "ä",
            "Ä",
            "a\u0308",
            "á",
            "ß",
            "ss",
            "æ",
            "ae",
            "i",
            "I",
            "ı",
            "İ",
            " ",
            "-",
            "_",
            "'",
            ".",
            "!",
            "1",
            "9",
            "10",
            "０",
            "가",
            "한",
            "あ",
            "ア",
            "я",
            "Ω",
            "\ud83d\ude00",
            "\ufb01",
            "\u00ad",
            "\u200d");

    private static final List<String> COLUMNS = List.of("w", "v", "c", "d", "n");

    private final Dice dice;
    private final List<String> there = new ArrayList<>();
    private final List<String> elsewhere = new ArrayList<>();

    /**
     * A statement whose rows are in one order only.
     *
     * @param parameter the value of {@code $1}, where it has one
     */
    record Written(String label, String sql, String parameter) {}

    TextOrderWriter(long seed) {
        this.dice = new Dice(seed);
        Set<String> texts = new LinkedHashSet<>(List.of("", "a"));
        while (texts.size() < 160) {
            texts.add(text());
        }
        texts.forEach(text -> (there.size() < 120 ? there : elsewhere).add(text));
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = dice.between(1, 4); i > 0; i--) {
            text.append(dice.pick(PIECES));
        }
        return text.toString();
    }

    /** The statements that make the tables. */
    List<String> script() {
        List<String> rows = new ArrayList<>();
        for (int id = 1; id <= 300; id++) {
            List<String> cells = new ArrayList<>(List.of(String.valueOf(id), String.valueOf(id % 7)));
            for (String column : COLUMNS) {
                boolean isNull = !column.equals("n") && dice.percent(8);
                cells.add(isNull ? "NULL" : quoted(dice.pick(there)));
            }
            rows.add("(" + String.join(", ", cells) + ")");
        }
        return List.of(
                "CREATE DOMAIN label AS text COLLATE \"sv-x-icu\"",
                "CREATE TABLE texts (id int PRIMARY KEY, g int, w text COLLATE \"en-x-icu\", v varchar(30) COLLATE theirs,"
                        + " c char(30) COLLATE \"de-x-icu\", d label, n text COLLATE theirs NOT NULL)",
                "CREATE INDEX ON texts (g, w)",
                "INSERT INTO texts VALUES " + String.join(",\n", rows),
                "ANALYZE texts");
    }

    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    Written statement() {
        String column = dice.pick(COLUMNS);
        return switch (dice.below(10)) {
            case 0 -> plain("order by", "SELECT id, " + column + " FROM texts ORDER BY " + by(column) + rows());
            case 1 -> compared(column);
            case 2 -> {
                String not = dice.pick("", "", " NOT");
                yield plain(
                        "between",
                        "SELECT id FROM texts WHERE " + column + not
                                + dice.pick(" BETWEEN ", " BETWEEN ", " BETWEEN SYMMETRIC ") + value() + " AND "
                                + value() + " ORDER BY id");
            }
            case 3 ->
                new Written(
                        "row comparison",
                        "SELECT id, " + column + " FROM texts WHERE (" + column + ", id) "
                                + dice.pick("<", ">", "<=", ">=") + " ($1, 150) ORDER BY " + column + ", id LIMIT 20",
                        any());
            case 4 ->
                plain(
                        "extremes",
                        "SELECT " + dice.pick("min", "max") + "(" + column + "), count(*) FROM texts WHERE id > "
                                + dice.below(320));
            case 5 ->
                plain(
                        "grouped extremes",
                        "SELECT g, max(" + column + ") AS m FROM texts GROUP BY g HAVING min(" + column + ") < "
                                + value() + " ORDER BY m" + dice.pick("", " DESC") + ", g");
            case 6 ->
                plain(
                        "distinct",
                        "SELECT DISTINCT " + column + " FROM texts WHERE g < 5 ORDER BY " + column
                                + dice.pick("", " DESC") + rows());
            case 7 ->
                plain(
                        "window",
                        "SELECT id, rank() OVER (PARTITION BY g ORDER BY " + column + dice.pick("", " DESC")
                                + "), row_number() OVER (ORDER BY " + by(column) + ") FROM texts ORDER BY id");
            case 8 ->
                plain(
                        "join",
                        "SELECT a.id, b.id FROM texts a JOIN texts b ON a.g = b.g AND a." + column
                                + dice.pick(" < ", " >= ", " > ") + "b." + column
                                + " WHERE a.id < 40 AND b.id < 40 ORDER BY a."
                                + column + ", b." + column + dice.pick("", " DESC") + ", a.id, b.id");
            default ->
                plain(
                        "derived table",
                        "SELECT x.t, x.id FROM (SELECT " + column + " AS t, id FROM texts WHERE g <> 3) x WHERE x.t "
                                + dice.pick("<", ">=") + " " + value() + " ORDER BY x.t" + dice.pick("", " DESC")
                                + ", x.id"
                                + rows());
        };
    }

    private Written compared(String column) {
        String operator = dice.pick("<", "<=", ">", ">=");
        return dice.percent(50)
                ? new Written(
                        "parameter", "SELECT id FROM texts WHERE " + column + " " + operator + " $1 ORDER BY id", any())
                : plain(
                        "literal",
                        "SELECT id FROM texts WHERE "
                                + (dice.percent(80)
                                        ? column + " " + operator + " " + value()
                                        : value() + " " + operator + " " + column)
                                + " ORDER BY id");
    }

    private static Written plain(String label, String sql) {
        return new Written(label, sql, "");
    }

    private String by(String column) {
        return column + dice.pick("", " ASC", " DESC") + dice.pick("", "", " NULLS FIRST", " NULLS LAST") + ", id";
    }

    private String rows() {
        return dice.pick("", " LIMIT 10", " LIMIT 7 OFFSET 30");
    }

    private String any() {
        return dice.percent(60) ? dice.pick(there) : dice.pick(elsewhere);
    }

    private String value() {
        return quoted(any());
    }
}
