package dev.sqlmem.cli;

import java.sql.SQLException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows what the proxy does with a statement, and why, without running it. */
@Command(
        name = "explain",
        description = "Show what the proxy does with a statement, and why, without running it.",
        sortOptions = false)
final class ExplainCommand extends ClientCommand {
    @Parameters(paramLabel = "SQL", description = "the statement, quoted for the shell")
    private String statement = "";

    ExplainCommand(Environment environment) {
        super(environment);
    }

    @Override
    void run(ProxyClient proxy) throws SQLException {
        proxy.query("SELECT name, value FROM sqlmem.explain(?)", statement)
                .facts()
                .forEach(out()::println);
    }
}
