package dev.sqlmem.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DemoTest {
    @TempDir
    private Path directory = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysWhatToDoWhereThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int exitCode = run("--exit", "--port", Integer.toString(taken.getLocalPort()));

            assertThat(exitCode).isEqualTo(1);
            assertThat(out.toString()).isEmpty();
            assertThat(err.toString())
                    .startsWith("sqlmem-demo: 127.0.0.1:" + taken.getLocalPort())
                    .contains("--port")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void saysWhatToDoWhereThePortOfTheStatusPageIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int exitCode = run("--exit", "--port", "0", "--http-port", Integer.toString(taken.getLocalPort()));

            assertThat(exitCode).isEqualTo(1);
            assertThat(err.toString())
                    .startsWith("sqlmem-demo: 127.0.0.1:" + taken.getLocalPort())
                    .contains("choose another with --http-port");
        }
    }

    @Test
    void leavesAFolderAloneThatHoldsOtherThings() throws IOException {
        Path precious = Files.writeString(directory.resolve("precious"), "x");

        assertThat(runIn(directory)).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("sqlmem-demo: cannot keep the demo's files in " + directory)
                .contains("other things")
                .contains("--data")
                .doesNotContain("\tat ");
        assertThat(directory).isDirectoryContaining(precious::equals);
    }

    @Test
    void leavesAFolderToTheDemoThatUsesIt() throws IOException {
        Path folder = directory.resolve("demo");
        try (DemoFolder used = DemoFolder.open(folder)) {
            assertThat(used.root()).isEqualTo(folder);
            assertThat(runIn(folder)).isEqualTo(1);
            assertThat(err.toString()).contains("another demo is using it").contains("--data");
        }
        DemoFolder.open(folder).close();
    }

    @Test
    void callsAWrongUsageByItsName() {
        assertThat(run("--port", "many")).isEqualTo(2);
        assertThat(err.toString()).contains("--port").doesNotContain("\tat ");
    }

    @Test
    void refusesAPortThatIsNone() {
        assertThat(run("--port", "70000")).isEqualTo(2);
        assertThat(err.toString()).contains("65535");
    }

    @Test
    void helps() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("--port")
                .contains("6432")
                .contains("--exit")
                .contains("--data")
                .contains("8432");
    }

    private int runIn(Path folder) {
        return run("--exit", "--port", "0", "--http-port", "0", "--data", folder.toString());
    }

    private int run(String... arguments) {
        CommandLine command = Demo.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute(arguments);
    }
}
