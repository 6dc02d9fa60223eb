package dev.sqlmem.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoTest {
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
        assertThat(out.toString()).contains("--port").contains("6432").contains("--exit");
    }

    private int run(String... arguments) {
        CommandLine command = Demo.commandLine();
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return command.execute(arguments);
    }
}
