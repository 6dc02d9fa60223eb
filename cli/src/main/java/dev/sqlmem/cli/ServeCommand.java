package dev.sqlmem.cli;

import dev.sqlmem.server.ProxyServer;
import dev.sqlmem.server.StartupException;
import dev.sqlmem.settings.ListenAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs the proxy until a stop signal comes. */
@Command(
        name = "serve",
        customSynopsis = "sqlmem serve --upstream=URL [FLAG...]",
        description = "Run the proxy until SIGINT or SIGTERM; running statements may finish.",
        footer = {"", "Each flag can be given by its environment variable or in a file .env in the working directory."},
        sortOptions = false)
final class ServeCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    ServeCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    @SuppressWarnings("try") // two of the resources only have to be there
    public Integer call() throws StartupException, IOException, InterruptedException {
        var typed = FlagOptions.typed(spec.commandLine().getParseResult());
        Configuration configuration = ConfigurationReader.read(new Sources(typed, environment));
        PrintWriter err = spec.commandLine().getErr();
        LogTargets.open(configuration.log());
        try (StopSignal stop = StopSignal.install()) {
            ProxyServer server = ProxyServer.start(configuration.proxy());
            try (server;
                    SignalReaction hangUp = onHangUp(
                            stop,
                            new Reload(typed, environment, configuration.proxy().settings(), server));
                    ProgressLine progress = progress(configuration, server, err)) {
                warn(err, server.warnings());
                PrintWriter out = spec.commandLine().getOut();
                out.println(readyLine(server, configuration));
                out.flush();
                stop.await();
            }
            warn(err, Stream.ofNullable(server.unsaved()).toList());
        }
        return 0;
    }

    /** To people, as the log is silent unless asked for. */
    private static void warn(PrintWriter err, List<String> warnings) {
        warnings.forEach(warning -> err.println("sqlmem: warning: " + warning));
        err.flush();
    }

    /** SIGHUP also comes when the terminal is closed in which the proxy was started: that ends it. */
    private static SignalReaction onHangUp(StopSignal stop, Reload reload) {
        boolean attached = Terminal.isAttached();
        return SignalReaction.install("HUP", () -> {
            if (attached && !Terminal.isAttached()) {
                stop.request();
            } else {
                reload.run();
            }
        });
    }

    private static ProgressLine progress(Configuration configuration, ProxyServer server, PrintWriter err) {
        ProgressLine line = new ProgressLine(() -> server.loading(ProgressLine.LONG), err);
        boolean free = !configuration.log().targets().contains("stderr");
        if (free && Terminal.isTerminal(Terminal.STDERR)) {
            return line.start();
        }
        return line;
    }

    private static String readyLine(ProxyServer server, Configuration configuration) {
        // As it was asked for: of 0.0.0.0 the system makes ::, which is the same to it and not to people.
        ListenAddress listen = new ListenAddress(
                configuration.proxy().listen().bindHost(), server.address().getPort());
        ListenAddress page = configuration.proxy().http();
        InetSocketAddress http = server.httpAddress();
        return "SQLmem " + Versions.product() + " listens on " + listen + " in front of "
                + configuration.proxy().upstream()
                + ", mode " + configuration.proxy().mode().label()
                + (page == null || http == null
                        ? ""
                        : "; status page http://" + new ListenAddress(page.host(), http.getPort()).reachable() + "/");
    }
}
