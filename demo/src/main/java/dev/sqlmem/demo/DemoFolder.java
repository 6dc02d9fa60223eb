package dev.sqlmem.demo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder in which the demo keeps its PostgreSQL and its cache from one start to the next; one demo at a time. */
final class DemoFolder implements AutoCloseable {
    private static final String LOCK = "sqlmem-demo.lock";
    private static final long SERVER_STOP_SECONDS = 30;

    private final Path root;
    private final FileChannel lockFile;

    private DemoFolder(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /**
     * Opens the folder for this demo alone, and makes it where it is missing.
     *
     * @throws IOException when it cannot be written, holds other things, or another demo uses it; says what to do
     */
    @SuppressWarnings("resource") // the channel stays open with the folder
    static DemoFolder open(Path root) throws IOException {
        try {
            Files.createDirectories(root);
            if (!Files.exists(root.resolve(LOCK)) && !isEmpty(root)) {
                throw new IOException("there are other things in it");
            }
            FileChannel file =
                    FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(file)) {
                file.close();
                throw new IOException("another demo is using it");
            }
            return new DemoFolder(root, file);
        } catch (IOException unusable) {
            String why;
            if (unusable instanceof AccessDeniedException) {
                why = "this user may not write there";
            } else {
                why = String.valueOf(unusable.getMessage());
            }
            throw new IOException(
                    "cannot keep the demo's files in " + root + " (" + why + "): name another folder with --data",
                    unusable);
        }
    }

    /** Where it is. */
    Path root() {
        return root;
    }

    /** Where PostgreSQL's programs are unpacked. */
    Path programs() {
        return root.resolve("server");
    }

    /** PostgreSQL's data directory. */
    Path data() {
        return root.resolve("data");
    }

    /** The proxy's {@code --cache-db}. */
    Path cacheDb() {
        return root.resolve("cache.db");
    }

    /** Whether the data directory holds the whole of what {@code content} stands for. */
    boolean holds(String content) throws IOException {
        return Files.exists(filled()) && Files.readString(filled()).equals(content);
    }

    /** Says that the data directory is filled. */
    void filledWith(String content) throws IOException {
        Files.writeString(filled(), content);
    }

    /** Deletes the data and the cache, not the programs. */
    void empty() throws IOException {
        Files.deleteIfExists(filled());
        Files.deleteIfExists(cacheDb());
        delete(data());
    }

    /**
     * Ends the server that a killed demo has left behind, if there is one.
     *
     * @throws IOException when it goes on
     */
    void endLeftServer() throws IOException {
        ProcessHandle server = leftServer();
        if (server == null) {
            return;
        }
        server.destroy();
        try {
            server.onExit().get(SERVER_STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        } catch (ExecutionException | TimeoutException running) {
            throw new IOException(
                    "the PostgreSQL server of an earlier demo still runs in " + data() + ": end process " + server.pid()
                            + ", or name another folder with --data",
                    running);
        }
    }

    /** Only a demo that holds the lock asks, so a server that runs in the folder has lost its demo. */
    private @Nullable ProcessHandle leftServer() throws IOException {
        Path file = data().resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return null;
        }
        String pid = Files.readAllLines(file).stream().findFirst().orElse("");
        if (!pid.matches("\\d{1,18}")) {
            return null;
        }
        // The number may be another program's by now.
        return ProcessHandle.of(Long.parseLong(pid))
                .filter(process -> process.info().command().orElse("").contains("postgres"))
                .orElse(null);
    }

    private Path filled() {
        return root.resolve("filled");
    }

    /** Lets another demo use it. */
    @Override
    public void close() throws IOException {
        lockFile.close();
    }

    private static boolean isLocked(FileChannel file) throws IOException {
        try {
            Optional<FileLock> lock = Optional.ofNullable(file.tryLock());
            return lock.isPresent();
        } catch (OverlappingFileLockException here) {
            return false;
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
