package dev.sqlmem.cli;

import java.sql.SQLException;
import picocli.CommandLine.Command;

/** Shows counters, cached tables and the statements that are asked most. */
@Command(
        name = "status",
        description = "Show counters, cached tables and the most frequent statements of a running proxy.",
        sortOptions = false)
final class StatusCommand extends ClientCommand {
    StatusCommand(Environment environment) {
        super(environment);
    }

    @Override
    void run(ProxyClient proxy) throws SQLException {
        print("Counters", proxy.query("SELECT name, value FROM sqlmem.stats"));
        print(
                "Tables",
                proxy.query("SELECT schema, name, columns, state, rows, bytes, age_seconds, loads, hits, misses"
                        + " FROM sqlmem.tables ORDER BY schema, name"));
        print(
                "Statements, the ten most frequent",
                proxy.query("SELECT shape, route, calls, hits, misses, mean_micros, p99_micros, reason"
                        + " FROM sqlmem.statements ORDER BY calls DESC LIMIT 10"));
    }

    private void print(String title, TextTable table) {
        out().println(title);
        if (table.rows().isEmpty()) {
            out().println("  (none)");
        }
        table.lines().stream().filter(line -> !table.rows().isEmpty()).forEach(line -> out().println("  " + line));
        out().println();
    }
}
