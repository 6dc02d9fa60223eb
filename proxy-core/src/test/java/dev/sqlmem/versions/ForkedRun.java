package dev.sqlmem.versions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own for a server, since the tests keep one server per JVM. */
final class ForkedRun {
    private static final int MINUTES = 30;

    private ForkedRun() {}

    /** Runs a main class in front of the server at this port; fails with what it has printed. */
    static void against(int port, String name, String mainClass, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Dsqlmem.test.port=" + port));
        System.getProperties().stringPropertyNames().stream()
                .filter(each -> each.startsWith("sqlmem.oracle.") || each.startsWith("sqlmem.fuzz."))
                .forEach(each -> command.add("-D" + each + "=" + System.getProperty(each)));
        command.add(mainClass);
        command.addAll(List.of(arguments));
        Process run = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(run.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
        System.out.println(name + ": " + said);
        assertThat(run.exitValue()).as(name + ": " + said).isZero();
    }
}
