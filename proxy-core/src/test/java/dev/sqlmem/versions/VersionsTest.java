package dev.sqlmem.versions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** What the oracle finds in front of the PostgreSQL versions that are supported. */
class VersionsTest {
    private static final int MINUTES = 10;

    @BeforeAll
    static void needsDocker() {
        boolean docker = DockerClientFactory.instance().isDockerAvailable();
        if (!docker) {
            System.out.println("SKIPPED: no Docker engine was found; with one, PostgreSQL 14 to 18 would be tested");
        }
        assumeTrue(docker, "no Docker engine");
    }

    /** Each version has a JVM of its own, since the oracle keeps one database per JVM. */
    @ParameterizedTest
    @ValueSource(strings = {"postgres:14", "postgres:15", "postgres:16", "postgres:17", "postgres:18"})
    void answersAsThisVersionDoes(String image) throws IOException, InterruptedException {
        try (PostgreSQLContainer container = new PostgreSQLContainer(image)
                .withUsername("postgres")
                .withEnv("POSTGRES_HOST_AUTH_METHOD", "trust")
                .withCommand("postgres", "-c", "wal_level=logical", "-c", "fsync=off")) {
            container.start();
            Process run = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            "-Dsqlmem.test.port=" + container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                            "dev.sqlmem.oracle.VersionRun"))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(run.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
            System.out.println(image + ": " + said);
            assertThat(run.exitValue()).as(said).isZero();
        }
    }
}
