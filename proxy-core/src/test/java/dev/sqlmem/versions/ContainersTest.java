package dev.sqlmem.versions;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** What the oracle finds in front of the images that people run. */
class ContainersTest {

    @BeforeAll
    static void needsDocker() {
        boolean docker = DockerClientFactory.instance().isDockerAvailable();
        if (!docker) {
            System.out.println(
                    "SKIPPED: no Docker engine was found; with one, postgres:14 to postgres:18 would be tested");
        }
        assumeTrue(docker, "no Docker engine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres:14", "postgres:15", "postgres:16", "postgres:17", "postgres:18"})
    void answersAsThisImageDoes(String image) throws IOException, InterruptedException {
        try (PostgreSQLContainer container = new PostgreSQLContainer(image)
                .withUsername("postgres")
                .withEnv("POSTGRES_HOST_AUTH_METHOD", "trust")
                .withCommand("postgres", "-c", "wal_level=logical", "-c", "fsync=off")) {
            container.start();
            ForkedRun.against(
                    container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                    image,
                    "dev.sqlmem.oracle.VersionRun");
        }
    }
}
