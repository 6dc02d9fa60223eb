package dev.sqlmem.demo;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.OptionalLong;

/** The tour as a table of at most 100 columns, printed line by line as it goes. */
final class TourPage {
    static final int WIDTH = 100;
    static final int STATEMENT_WIDTH = 60;

    private static final String ROW = "%-" + STATEMENT_WIDTH + "s %-14s %11s %11s";

    private final PrintWriter out;

    TourPage(PrintWriter out) {
        this.out = out;
    }

    /** The column headings. */
    void head() {
        line(String.format(Locale.ROOT, ROW, "statement", "route", "direct", "proxy"));
        line("-".repeat(WIDTH - 1));
    }

    /** The heading of a chapter. */
    void chapter(String title) {
        line("");
        line(title);
    }

    /** A statement, and below it the error when it was refused. */
    void outcome(Outcome outcome) {
        String statement = "  " + outcome.step().sql();
        line(String.format(
                Locale.ROOT, ROW, statement, outcome.route(), time(outcome.directNanos()), time(outcome.proxyNanos())));
        if (outcome.error() != null) {
            line(cut("    ERROR " + outcome.error()));
        }
    }

    private void line(String text) {
        out.println(text.stripTrailing());
        out.flush();
    }

    private static String cut(String text) {
        if (text.length() <= WIDTH) {
            return text;
        }
        return text.substring(0, WIDTH - 1) + "…";
    }

    private static String time(OptionalLong nanos) {
        if (nanos.isEmpty()) {
            return "-";
        }
        return String.format(Locale.ROOT, "%.3f ms", nanos.getAsLong() / 1e6);
    }
}
