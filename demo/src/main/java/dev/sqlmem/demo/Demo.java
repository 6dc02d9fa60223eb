package dev.sqlmem.demo;

import dev.sqlmem.cli.LogTargets;
import dev.sqlmem.cli.StopSignal;
import dev.sqlmem.server.ProxyConfig;
import dev.sqlmem.server.ProxyServer;
import dev.sqlmem.server.StartupException;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows SQLmem at work: a PostgreSQL server with sample data, the proxy in front of it, and a tour. */
@Command(
        name = "sqlmem-demo",
        description = "Start a PostgreSQL server with sample data and SQLmem in front of it, show what it does,"
                + " and stay up until Ctrl-C.",
        sortOptions = false)
public final class Demo implements Callable<Integer> {
    /** The tour shows loads, so its statements wait for them, however slow the machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final double VERIFIED_SHARE = 0.01;

    private static final String HOST = "127.0.0.1";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "6432",
            description = "where the proxy listens on 127.0.0.1 (default: ${DEFAULT-VALUE}; 0: any free port)")
    private int port;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8432",
            description = "where the status page is on 127.0.0.1 (default: ${DEFAULT-VALUE}; 0: any free port)")
    private int httpPort;

    @Option(
            names = "--data",
            paramLabel = "FOLDER",
            description = "where the database and the cache stay from one start to the next"
                    + " (default: sqlmem-demo in the user's cache folder, ~/.cache)")
    private @Nullable Path data;

    @Option(names = "--no-tour", description = "leave out the tour")
    private boolean noTour;

    @Option(names = "--exit", description = "end after the tour")
    private boolean exit;

    Demo() {}

    /** Runs the demo and ends the process with its exit code: 0, 1 for a failure, 2 for a wrong usage. */
    public static void main(String[] args) {
        LogTargets.silence();
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine command = new CommandLine(new Demo());
        command.getCommandSpec()
                .addOption(OptionSpec.builder("--help")
                        .usageHelp(true)
                        .type(boolean.class)
                        .arity("0")
                        .description("print this help and exit")
                        .build());
        command.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        command.setExecutionExceptionHandler((failure, failed, parsed) -> {
            failed.getErr().println("sqlmem-demo: " + failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        });
        return command;
    }

    @Override
    public Integer call() throws IOException, SQLException, StartupException, InterruptedException {
        requireFreePort("--port", port);
        requireFreePort("--http-port", httpPort);
        PrintWriter out = spec.commandLine().getOut();
        try (StopSignal stop = StopSignal.install();
                DemoFolder folder = DemoFolder.open(data == null ? usualFolder() : data.toAbsolutePath())) {
            say(
                    out,
                    ShopDatabase.isKept(folder)
                            ? "Starting PostgreSQL with the data of last time, in " + folder.root() + " ..."
                            : "Starting PostgreSQL with 10,000 customers, 1,000 products, 100,000 orders,"
                                    + " 300,000 items ...");
            try (ShopDatabase shop = ShopDatabase.start(folder)) {
                if (!stop.isRequested()) {
                    show(shop, folder, out, stop);
                }
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private void show(ShopDatabase shop, DemoFolder folder, PrintWriter out, StopSignal stop)
            throws SQLException, StartupException, InterruptedException {
        ProxyConfig config = ProxyConfig.builder(UpstreamUrl.parse(shop.url()), "demo")
                .listen(HOST, port)
                .http(new InetSocketAddress(InetAddress.getLoopbackAddress(), httpPort))
                .cacheDb(folder.cacheDb())
                .fillWait(PATIENCE)
                .verifyRate(VERIFIED_SHARE)
                .build();
        try (ProxyServer proxy = ProxyServer.start(config)) {
            int listening = proxy.address().getPort();
            say(
                    out,
                    "SQLmem listens on " + HOST + ":" + listening + " in front of " + shop.url() + ", mode "
                            + config.mode().label() + "\n" + statusPage(proxy));
            try (Connection direct = shop.connect();
                    Connection through = ShopDatabase.connect(listening)) {
                say(out, restored(Counters.awaitRestored(through)));
                if (!noTour) {
                    new Tour(direct, through, new TourPage(out)).run(stop::isRequested);
                    say(out, verified(Counters.read(through)));
                }
            }
            if (!exit && !stop.isRequested()) {
                say(out, next(listening, folder));
                stop.await();
            }
        }
    }

    private static String statusPage(ProxyServer proxy) {
        InetSocketAddress http = proxy.httpAddress();
        return http == null ? "" : "Status page: http://" + HOST + ":" + http.getPort() + "/";
    }

    /** What the second start has from the first. */
    private static String restored(long tables) {
        if (tables == 0) {
            return "";
        }
        return tables + (tables == 1 ? " table is" : " tables are")
                + " back from cache.db: what was cached last time is a hit from the first statement on.\n";
    }

    /** Before the seconds that PostgreSQL takes to start. */
    private void requireFreePort(String option, int wanted) throws IOException {
        if (wanted < 0 || wanted > 65_535) {
            throw new ParameterException(spec.commandLine(), option + ": a port is a number from 0 to 65535");
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
        } catch (IOException taken) {
            throw new IOException(
                    HOST + ":" + wanted + " cannot be listened on (" + taken.getMessage()
                            + "): something else may be running there; choose another with " + option,
                    taken);
        }
    }

    private static Path usualFolder() {
        String caches = System.getenv("XDG_CACHE_HOME");
        Path parent;
        if (caches == null || caches.isBlank()) {
            parent = Path.of(System.getProperty("user.home"), ".cache");
        } else {
            parent = Path.of(caches);
        }
        return parent.resolve("sqlmem-demo").toAbsolutePath();
    }

    static String next(int listening, DemoFolder folder) {
        return """

                Try it while this runs:

                    psql -h 127.0.0.1 -p %d -U postgres shop

                    SELECT id, status FROM orders WHERE id = 42;
                    SELECT name, value FROM sqlmem.explain('SELECT total FROM orders WHERE id = 42');
                    SELECT name, columns, rows, hits, misses FROM sqlmem.tables;
                    SELECT name, value FROM sqlmem.stats WHERE name IN ('hits', 'verified', 'mismatches');
                    SELECT sqlmem.invalidate('orders');

                Ctrl-C ends the demo. Its database and its cache stay for the next time: start it again, and the
                first statement is a hit. To begin anew, delete %s.""".formatted(listening, folder.root());
    }

    private static String verified(Counters counters) {
        return "\nOne answer of the cache in a hundred is asked of PostgreSQL as well (--verify 0.01): "
                + counters.values().getOrDefault("verified", 0L) + " compared so far, "
                + counters.values().getOrDefault("mismatches", 0L) + " different.";
    }

    private static void say(PrintWriter out, String text) {
        out.println(text);
        out.flush();
    }
}
