package dev.sqlmem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.settings.Flag;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class SqlmemTest {
    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "serve --help",
                "status --help",
                "explain --help",
                "invalidate --help",
                "version --help"
            })
    void helpsAndSucceeds(String arguments) {
        Run run = run(arguments.split(" "));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Usage: sqlmem").contains("--help");
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
    }

    @ParameterizedTest
    @EnumSource
    void explainsEveryFlagOfServe(Flag flag) {
        String help = run("serve", "--help").out().replaceAll("\\s+", " ");

        assertThat(help).contains(flag.option()).contains(flag.variable());
    }

    @ParameterizedTest
    @ValueSource(strings = {"version", "--version"})
    void printsVersions(String argument) {
        Run run = run(argument);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .containsPattern("SQLmem \\d+\\.\\d+\\.\\d+")
                .contains("Java " + System.getProperty("java.version"))
                .containsPattern("SQLite 3\\.\\d+\\.\\d+\\R")
                .containsPattern("netty 4\\.\\d+");
        assertThat(run.out()).doesNotContain("${").doesNotContain("null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "srve",
                "serve --no-such-flag",
                "serve --listen",
                "serve stray",
                "explain",
                "invalidate",
                "invalidate --all orders",
            })
    void callsAWrongUsageByItsName(String arguments) {
        Run run = run(arguments.isEmpty() ? new String[0] : arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("sqlmem: ").contains("--help'.").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serve|no upstream",
                "serve --upstream mysql://x/y|--upstream: ",
                "serve --upstream postgresql://u@127.0.0.1/db --listen nowhere|--listen: ",
                "serve --upstream postgresql://u@127.0.0.1/db --listen 0.0.0.0:6432|--allow-plain-public",
                "status|no upstream",
                "status --connect nonsense|--connect: ",
            })
    void tellsAWrongSettingInOneLine(String arguments, String message) {
        Run run = run(arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).startsWith("sqlmem: ").contains(message);
    }

    @Test
    void neverShowsThePassword() {
        Run run = run("serve", "--upstream", "postgresql://u:s3cret@127.0.0.1:99999/db");

        assertThat(run.exitCode()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(run.err()).contains("99999").doesNotContain("s3cret");
    }

    @Test
    void failsWhereTheUpstreamIsDown() throws IOException {
        int nobody = freePort();

        Run run = run(
                "serve", "--listen", "127.0.0.1:0", "--upstream", "postgresql://u:s3cret@127.0.0.1:" + nobody + "/db");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("sqlmem: ").contains("127.0.0.1:" + nobody);
        assertThat(run.err()).doesNotContain("s3cret").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "explain SELECT", "invalidate orders"})
    void failsWhereNoProxyRuns(String arguments) throws IOException {
        int nobody = freePort();
        Files.writeString(
                directory.resolve(".env"),
                "SQLMEM_UPSTREAM=postgresql://u@db.example/x\nSQLMEM_LISTEN=127.0.0.1:" + nobody + "\n");

        Run run = run(arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).startsWith("sqlmem: no answer from a proxy at 127.0.0.1:" + nobody);
    }

    private Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Sqlmem.commandLine(new Environment(Map.of(), directory));
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        int exitCode = command.execute(arguments);
        return new Run(exitCode, out.toString(), err.toString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private record Run(int exitCode, String out, String err) {}
}
