package dev.sqlmem.cli;

import dev.sqlmem.settings.ConfigurationException;
import dev.sqlmem.settings.ListenAddress;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that is a client of a running proxy: finds it, signs in, does its work, and says what failed. */
abstract class ClientCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--connect",
            paramLabel = "URL",
            description = "the proxy and the account to use: postgresql://user:secret@host:6432/db;"
                    + " without it: the proxy at --listen, with the account and database of --upstream")
    private @Nullable String connect;

    ClientCommand(Environment environment) {
        this.environment = environment;
    }

    /** Does the command's work. */
    abstract void run(ProxyClient proxy) throws SQLException;

    /** Checks the arguments before anything is opened. */
    void check() {}

    @Override
    public final Integer call() throws SQLException {
        check();
        if (connect != null) {
            UpstreamUrl url = url(connect);
            return work(String.valueOf(url.hosts().get(0)), () -> ProxyClient.connect(url));
        }
        Sources sources = new Sources(FlagOptions.typed(spec.commandLine().getParseResult()), environment);
        ListenAddress address = ConfigurationReader.listen(sources).reachable();
        UpstreamUrl account = ConfigurationReader.upstream(sources);
        return work(address.toString(), () -> ProxyClient.connect(address, account));
    }

    private int work(String address, Connector connector) throws SQLException {
        try (ProxyClient proxy = connector.connect()) {
            run(proxy);
        } catch (SQLException failure) {
            throw new SQLException(advice(failure, address), failure);
        }
        out().flush();
        return 0;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final CommandSpec spec() {
        return spec;
    }

    private static UpstreamUrl url(String text) {
        try {
            return UpstreamUrl.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new ConfigurationException("--connect: " + malformed.getMessage());
        }
    }

    private static String advice(SQLException failure, String address) {
        String state = String.valueOf(failure.getSQLState());
        if (failure instanceof PSQLException told && told.getServerErrorMessage() != null) {
            return byProxy(told, state, address);
        }
        if (state.startsWith("08")) {
            return "no answer from a proxy at " + address + ": is 'sqlmem serve' running, and is --listen the same? ("
                    + failure.getMessage() + ")";
        }
        return String.valueOf(failure.getMessage());
    }

    /** What somebody who listens there has answered. */
    private static String byProxy(SQLException failure, String state, String address) {
        if (state.equals("3F000") || state.equals("42P01") || state.equals("42883")) {
            return "the server at " + address + " has no sqlmem schema: is it a PostgreSQL server and not the proxy? ("
                    + failure.getMessage() + ")";
        }
        return address + " answers: " + String.valueOf(failure.getMessage()).replaceFirst("\\R\\s*Hint:\\s*", ". ");
    }

    /** Opens the connection. */
    private interface Connector {
        ProxyClient connect() throws SQLException;
    }
}
