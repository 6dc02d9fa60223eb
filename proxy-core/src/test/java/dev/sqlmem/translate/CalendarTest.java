package dev.sqlmem.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.translate.function.DateFunctions;
import dev.sqlmem.translate.function.Dates;
import dev.sqlmem.translate.type.Constants;
import dev.sqlmem.translate.type.IntervalConstant;
import dev.sqlmem.translate.type.ParameterTypes;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Translation;
import dev.sqlmem.translate.type.Value;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The calendar by SQLite's functions, against Java's: every day of two centuries, every 13th of the years 1 to 9999. */
final class CalendarTest {
    private static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);
    private static final long DAY = 86_400_000_000L;

    @Test
    void agreesWithJava() throws Exception {
        Term date = Term.column(TranslationOf.TABLE.column(11), "d");
        Term time = Term.column(TranslationOf.TABLE.column(12), "(d * " + DAY + " + 86399999999)");
        StringBuilder sql = new StringBuilder("WITH RECURSIVE day (d) AS (SELECT -730119 UNION ALL SELECT d + CASE"
                + " WHEN d BETWEEN -36500 AND 36500 THEN 1 ELSE 13 END FROM day WHERE d < 2921926) SELECT d");
        for (String field : List.of("year", "month", "day", "doy", "dow", "isodow", "quarter")) {
            sql.append(", ").append(DateFunctions.extract(field, date).sql().toString());
            sql.append(", ").append(DateFunctions.extract(field, time).sql().toString());
        }
        for (String unit : List.of("year", "quarter", "month", "week", "day")) {
            sql.append(", ")
                    .append(DateFunctions.truncated(unit, time).sql().toString())
                    .append(" / " + DAY);
        }
        int rows = 0;
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = sqlite.createStatement();
                ResultSet row = statement.executeQuery(sql + " FROM day")) {
            while (row.next()) {
                compare(EPOCH.plusDays(row.getLong(1)), row);
                rows++;
            }
        }
        assertThat(rows).isGreaterThan(300_000);
    }

    @Test
    void movesByMonthsAsJavaDoes() throws Exception {
        Translation out = new Translation(new ParameterTypes(List.of()), List.of(), List.of(), true);
        Dates dates = new Dates(out, new Constants(out));
        Term time = Term.column(TranslationOf.TABLE.column(12), "(d * " + DAY + " + 86399999999)");
        List<Integer> months = List.of(1, 2, 11, 12, 13, 25, 48, 1200, 11_999);
        StringBuilder sql = new StringBuilder("WITH RECURSIVE day (d) AS (SELECT -365000 UNION ALL SELECT d + CASE"
                + " WHEN d BETWEEN -3650 AND 36500 THEN 1 ELSE 7 END FROM day WHERE d < 2550000) SELECT d");
        Value literal = new Value(Value.Kind.STRING, 0, false, 0);
        for (int number : months) {
            for (String operator : List.of("+", "-")) {
                Term moved = (Term) dates.apply(operator, time, new IntervalConstant(number, 0, 0, literal));
                sql.append(", (").append(moved.sql().toString()).append(" - 86399999999) / " + DAY);
            }
        }
        int rows = 0;
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = sqlite.createStatement();
                ResultSet row = statement.executeQuery(sql + " FROM day WHERE d BETWEEN 1 AND 2550000")) {
            while (row.next()) {
                LocalDate day = EPOCH.plusDays(row.getLong(1));
                int column = 2;
                for (int number : months) {
                    for (int sign : new int[] {1, -1}) {
                        LocalDate moved = day.plusMonths((long) sign * number);
                        if (moved.getYear() >= 1 && moved.getYear() <= 9999) {
                            same(day, column, ChronoUnit.DAYS.between(EPOCH, moved), row.getLong(column));
                        }
                        column++;
                    }
                }
                rows++;
            }
        }
        assertThat(rows).isGreaterThan(300_000);
    }

    private static void compare(LocalDate day, ResultSet row) throws Exception {
        long[] fields = {
            day.getYear(),
            day.getMonthValue(),
            day.getDayOfMonth(),
            day.getDayOfYear(),
            day.getDayOfWeek().getValue() % 7,
            day.getDayOfWeek().getValue(),
            day.get(IsoFields.QUARTER_OF_YEAR)
        };
        int column = 2;
        for (long field : fields) {
            same(day, column, field, row.getLong(column++));
            same(day, column, field, row.getLong(column++));
        }
        LocalDate month = day.withDayOfMonth(1);
        LocalDate[] starts = {
            day.withDayOfYear(1),
            month.minusMonths((month.getMonthValue() - 1) % 3),
            month,
            day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)),
            day
        };
        for (LocalDate start : starts) {
            same(day, column, ChronoUnit.DAYS.between(EPOCH, start), row.getLong(column++));
        }
    }

    private static void same(LocalDate day, int column, long expected, long actual) {
        if (expected != actual) {
            assertThat(actual).as("column %d of %s", column, day).isEqualTo(expected);
        }
    }
}
