package dev.sqlmem.cli;

import dev.sqlmem.settings.TimeSpan;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Shows counters, cached tables and the statements that are asked most; once, or again and again. */
@Command(
        name = "status",
        description = "Show counters, cached tables and the most frequent statements of a running proxy.",
        sortOptions = false)
final class StatusCommand extends ClientCommand {
    private static final int HEAD_AND_LAST_LINE = 2;
    private static final String CLEAR_SCREEN = "\033[H\033[2J";
    private static final String SCREEN_START = "\033[H";
    private static final String REST_OF_LINE = "\033[K";
    private static final String REST_OF_SCREEN = "\033[J";

    @Option(
            names = "--watch",
            arity = "0..1",
            fallbackValue = "2s",
            paramLabel = "INTERVAL",
            description = "show it again every INTERVAL (default: 2s) until Ctrl-C; on a terminal in place")
    private @Nullable String watch;

    private Duration interval = Duration.ZERO;

    StatusCommand(Environment environment) {
        super(environment);
    }

    @Override
    void check() {
        if (watch == null) {
            return;
        }
        try {
            interval = TimeSpan.parse(watch, ChronoUnit.SECONDS);
        } catch (IllegalArgumentException malformed) {
            throw new ParameterException(spec().commandLine(), "--watch: " + malformed.getMessage(), malformed);
        }
        if (interval.isZero()) {
            throw new ParameterException(spec().commandLine(), "--watch: an interval is longer than nothing");
        }
    }

    @Override
    void run(ProxyClient proxy) throws SQLException {
        if (interval.isZero()) {
            StatusReport.of(proxy).forEach(out()::println);
            return;
        }
        try (StopSignal stop = StopSignal.install()) {
            boolean inPlace = Terminal.isTerminal(Terminal.STDOUT);
            out().print(inPlace ? CLEAR_SCREEN + Terminal.WRAP_OFF : "");
            do {
                show(StatusReport.of(proxy), inPlace);
            } while (!stop.await(interval));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            out().print(Terminal.isTerminal(Terminal.STDOUT) ? Terminal.WRAP_ON : "");
            out().flush();
        }
    }

    private void show(List<String> report, boolean inPlace) {
        PrintWriter out = out();
        String lineEnd;
        if (inPlace) {
            lineEnd = REST_OF_LINE + System.lineSeparator();
        } else {
            lineEnd = System.lineSeparator();
        }
        out.print(inPlace ? SCREEN_START : "");
        out.print(LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS) + ", every "
                + TimeSpan.format(interval) + lineEnd);
        // What is below the screen would scroll it, and the view would not stay in its place.
        int shown;
        if (inPlace) {
            shown = Terminal.lines() - HEAD_AND_LAST_LINE;
        } else {
            shown = Integer.MAX_VALUE;
        }
        report.stream().limit(Math.max(1, shown)).forEach(line -> out.print(line + lineEnd));
        out.print(inPlace ? REST_OF_SCREEN : "");
        out.flush();
    }
}
