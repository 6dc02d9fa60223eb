package dev.sqlmem.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.SharedPostgres;
import org.junit.jupiter.api.Test;

class ServiceDatabaseTest {

    @Test
    void readsFacts() throws Exception {
        String name = SharedPostgres.createDatabase("facts");
        try (ServiceDatabase database = new ServiceDatabase(UpstreamUrl.parse(SharedPostgres.url(name)))) {
            ServerFacts facts = database.facts();
            assertThat(facts.database()).isEqualTo(name);
        }
    }
}
