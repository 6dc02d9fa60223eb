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
            proxy.query("SELECT sqlmem.invalidate_all()");
            out().println("all tables are invalidated");
        }
        for (String table : tables) {
            proxy.query("SELECT sqlmem.invalidate(?)", table);
            out().println(table + " is invalidated");
        }
    }
}
