package dev.sqlmem.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The PostgreSQL that is installed on this machine, tools and server, if any: {@code pg_config --bindir} finds
 * it. Its server runs in a directory of the caller's; closing stops it.
 */
final class InstalledPostgres implements AutoCloseable {
    private static final long MINUTES = 2;

    private final Path bin;
    private final Path data;
    private final int port;

    /** What a program came to. */
    record Result(int exit, String out, String error) {}

    private InstalledPostgres(Path bin, Path data, int port) {
        this.bin = bin;
        this.data = data;
        this.port = port;
    }

    /** Where its programs are, when all that are needed are installed. */
    static Optional<Path> programs() {
        Result where = run(List.of("pg_config", "--bindir"), "");
        if (where.exit() != 0) {
            return Optional.empty();
        }
        Path bin = Path.of(where.out().trim());
        return Stream.of("initdb", "pg_ctl", "postgres", "psql", "pg_dump", "pgbench")
                        .allMatch(name -> Files.isExecutable(bin.resolve(name)))
                ? Optional.of(bin)
                : Optional.empty();
    }

    /** Makes a cluster in this directory and starts it; everyone is trusted. */
    static InstalledPostgres start(Path bin, Path directory) {
        InstalledPostgres server = new InstalledPostgres(bin, directory.resolve("data"), freePort());
        server.serverTool("initdb", "-D", server.data.toString(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "-N");
        server.serverTool(
                "pg_ctl",
                "-D",
                server.data.toString(),
                "-w",
                "-l",
                directory.resolve("log").toString(),
                "-o",
                "-p " + server.port + " -h 127.0.0.1 -k '' -c fsync=off",
                "start");
        return server;
    }

    int port() {
        return port;
    }

    /** The absolute name of a program. */
    String program(String name) {
        return bin.resolve(name).toString();
    }

    @Override
    public void close() {
        serverTool("pg_ctl", "-D", data.toString(), "-w", "-m", "fast", "stop");
    }

    /** The server refuses to be root: in a user namespace of its own it is not. */
    private void serverTool(String name, String... arguments) {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(program(name));
        command.addAll(List.of(arguments));
        Result result = run(command, "");
        if (result.exit() != 0) {
            throw new IllegalStateException(command + ": " + result);
        }
    }

    /** Runs a program to its end with this on its standard input; exit 127 where there is none of the name. */
    static Result run(List<String> command, String input) {
        Process process;
        try {
            process = new ProcessBuilder(command).start();
        } catch (IOException notFound) {
            return new Result(127, "", String.valueOf(notFound.getMessage()));
        }
        CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> read(process.getInputStream()));
        CompletableFuture<String> error = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()));
        try (OutputStream standardInput = process.getOutputStream()) {
            standardInput.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException notInterested) {
            // it has ended already; its exit code tells
        }
        try {
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError(command + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new Result(process.exitValue(), out.join(), error.join());
    }

    private static String read(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
