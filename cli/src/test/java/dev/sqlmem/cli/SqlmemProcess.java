package dev.sqlmem.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command {@code sqlmem} as a process of its own, with the class path of the tests. Killed when closed. */
final class SqlmemProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final Pattern READY =
            Pattern.compile("SQLmem \\S+ listens on 127\\.0\\.0\\.1:(\\d+) in front of .*\\R");

    private final Process process;
    private final Path out;
    private final Path err;

    private SqlmemProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts it in a directory, with these variables and none other of the product's. */
    static SqlmemProcess start(Path directory, Map<String, String> variables, String... arguments) throws IOException {
        return start(List.of(), directory, variables, arguments);
    }

    /** With no file larger than this, as if the disk were full then. */
    static SqlmemProcess startOnASmallDisk(
            int megabytes, Path directory, Map<String, String> variables, String... arguments) throws IOException {
        List<String> limited = List.of("bash", "-c", "ulimit -f " + megabytes * 1024 + " && exec \"$@\"", "bash");
        return start(limited, directory, variables, arguments);
    }

    private static SqlmemProcess start(
            List<String> before, Path directory, Map<String, String> variables, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Sqlmem.class.getName()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(directory, "stdout", ".txt");
        Path err = Files.createTempFile(directory, "stderr", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SQLMEM_") || name.equals("JAVA_TOOL_OPTIONS"));
        builder.environment().putAll(variables);
        return new SqlmemProcess(builder.start(), out, err);
    }

    /** Waits for the ready line; returns the port in it. */
    int awaitReady() {
        await("the ready line", () -> READY.matcher(out()).find() || !process.isAlive());
        Matcher ready = READY.matcher(out());
        if (!ready.find()) {
            throw new AssertionError("it has ended: " + out() + err());
        }
        return Integer.parseInt(ready.group(1));
    }

    void awaitText(Path file, String text) {
        await(text + " in " + file.getFileName(), () -> read(file).contains(text));
    }

    /** Waits until it has written a text that often. */
    void awaitOutput(String text, int times) {
        await(times + " times " + text, () -> out().split(text, -1).length > times);
    }

    /** Sends a signal by its name without SIG. */
    void signal(String name) throws IOException, InterruptedException {
        int result = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (result != 0) {
            throw new AssertionError("kill: " + result);
        }
    }

    /** Waits for its end. */
    int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("it goes on: " + out() + err());
        }
        return process.exitValue();
    }

    String out() {
        return read(out);
    }

    String err() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not in time: " + what + "; " + out() + err());
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
