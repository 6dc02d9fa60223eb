package dev.sqlmem.relay.stress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.LeakWatch;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.RawClient;
import java.util.List;

/** What a proxy holds on to, and that it lets go of all. */
final class Resources {
    private final int generations = Generation.open();
    private final int connections = Generation.openConnections();
    private final LeakWatch leaks = new LeakWatch();

    /** Asserts that nothing is left of the clients: no session, no lease, no memory, no upstream session. */
    void assertFreed(ProxyUnderTest proxy, String database) throws InterruptedException {
        Await.untilServerSays("NOT EXISTS (SELECT FROM pg_stat_activity WHERE application_name = '" + Storm.APPLICATION
                + "' AND datname = '" + database + "')");
        try (RawClient client = RawClient.connect(LoginRequest.to(proxy.port(), database))) {
            Await.until("all sessions but this one end", () -> stat(client, "sessions") == 1);
            client.simpleQuery("SELECT sqlmem.invalidate_all()");
            Await.until("the cache frees its memory", () -> stat(client, "memory_bytes") == 0);
        }
        assertThat(Generation.open()).isEqualTo(generations);
        assertThat(Generation.openConnections()).isEqualTo(connections);
        assertThat(leaks.leaks()).isEmpty();
    }

    /** The same of the proxy itself, once it is closed. */
    void assertGone(String database) throws InterruptedException {
        Await.untilServerSays("NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = '" + database + "')");
        assertThat(Generation.open()).isEqualTo(generations);
        assertThat(Generation.openConnections()).isEqualTo(connections);
        assertThat(leaks.leaks()).isEmpty();
    }

    /** One of the proxy's own numbers. */
    static long stat(RawClient client, String name) {
        List<List<String>> rows =
                FrameText.textRows(client.simpleQuery("SELECT value FROM sqlmem.stats WHERE name = '" + name + "'"));
        return Long.parseLong(rows.get(0).get(0));
    }
}
