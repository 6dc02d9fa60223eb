package dev.sqlmem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sends real signals to a process that waits for one. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signals")
@Timeout(60)
class StopSignalTest {
    @ParameterizedTest
    @CsvSource({"TERM, 0", "INT, 0", "HUP, 129"})
    void closesWhatIsOpenBeforeTheProcessEnds(String signal, int exitCode) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Waiter.class.getName())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).isEqualTo("waiting");

            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();

            assertThat(output.readLine()).isEqualTo("closed");
            assertThat(output.readLine()).isNull();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(exitCode);
        } finally {
            process.destroyForcibly();
        }
    }

    /** What {@code serve} does, without a server. */
    static final class Waiter {
        private Waiter() {}

        public static void main(String[] args) throws InterruptedException {
            try (StopSignal stop = StopSignal.install()) {
                System.out.println("waiting");
                stop.await();
                System.out.println("closed");
            }
            System.exit(0);
        }
    }
}
