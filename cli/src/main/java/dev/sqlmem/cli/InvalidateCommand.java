package dev.sqlmem.cli;

import java.sql.SQLException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Drops tables from the cache: the next statement that reads them loads them again. */
@Command(
        name = "invalidate",
        description = "Drop tables from the cache; the next statement that reads them loads them again.",
        sortOptions = false)
final class InvalidateCommand extends ClientCommand {
    @Parameters(paramLabel = "TABLE", arity = "0..*", description = "table or schema.table")
    private List<String> tables = List.of();

    @Option(names = "--all", description = "drop every table of this database")
    private boolean all;

    InvalidateCommand(Environment environment) {
        super(environment);
    }

    @Override
    void check() {
        if (all == !tables.isEmpty()) {
            throw new ParameterException(spec().commandLine(), "name the tables, or say --all");
        }
    }

    @Override
    void run(ProxyClient proxy) throws SQLException {
        if (all) {
            long dropped = count(proxy.query("SELECT sqlmem.invalidate_all()"));
            out().println(dropped + (dropped == 1 ? " table dropped" : " tables dropped"));
        }
        for (String table : tables) {
            long dropped = count(proxy.query("SELECT sqlmem.invalidate(?)", table));
            out().println(table + (dropped == 0 ? " was not cached" : " dropped"));
        }
    }

    /** Both functions answer with one row: how many tables left the cache. */
    private static long count(TextTable answer) {
        return Long.parseLong(answer.rows().get(0).get(0));
    }
}
