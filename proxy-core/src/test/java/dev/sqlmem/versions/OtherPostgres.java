package dev.sqlmem.versions;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** A real PostgreSQL of another version than the tests' own; its binaries are laid beside the classes by the build. */
final class OtherPostgres implements AutoCloseable {
    private static final Path BINARIES = Path.of("target", "postgres-binaries");

    private final EmbeddedPostgres server;

    private OtherPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /** The archives that the build has laid down, by version. */
    static List<Path> archives() {
        try (Stream<Path> files = Files.list(BINARIES)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static OtherPostgres start(Path archive) throws IOException {
        return new OtherPostgres(EmbeddedPostgres.builder()
                .setPgBinaryResolver((system, architecture) -> binaries(archive))
                .setLocaleConfig("locale", "C")
                .setServerConfig("wal_level", "logical")
                .setServerConfig("fsync", "off")
                .setServerConfig("max_connections", "200")
                .start());
    }

    /** The one compressed archive within the jar, whose name says the machine. */
    private static InputStream binaries(Path archive) throws IOException {
        try (JarFile jar = new JarFile(archive.toFile())) {
            JarEntry entry = jar.stream()
                    .filter(each -> each.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no binaries in " + archive));
            try (InputStream bytes = jar.getInputStream(entry)) {
                return new ByteArrayInputStream(bytes.readAllBytes());
            }
        }
    }

    int port() {
        return server.getPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
