package dev.sqlmem.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import picocli.CommandLine.IVersionProvider;

/** The versions of the product and of what it is made of, as they were when it was built. */
public final class Versions implements IVersionProvider {
    private static final List<String> LIBRARIES =
            List.of("sqlite-jdbc", "pgjdbc", "netty", "jsqlparser", "hikaricp", "log4j", "picocli");

    /** The product's version. */
    public static String product() {
        return load().getProperty("product");
    }

    @Override
    public String[] getVersion() {
        return lines().toArray(String[]::new);
    }

    /** One line for each part. */
    static List<String> lines() {
        Properties versions = load();
        String sqlite = versions.getProperty("sqlite-jdbc");
        Stream<String> parts = Stream.of(
                "SQLmem " + versions.getProperty("product"),
                "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")",
                // sqlite-jdbc's version is SQLite's with a counter of its own behind it.
                "SQLite " + sqlite.substring(0, sqlite.lastIndexOf('.')));
        return Stream.concat(parts, LIBRARIES.stream().map(name -> name + " " + versions.getProperty(name)))
                .toList();
    }

    private static Properties load() {
        Properties versions = new Properties();
        try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
            versions.load(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return versions;
    }
}
