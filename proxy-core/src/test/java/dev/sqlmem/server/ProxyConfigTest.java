package dev.sqlmem.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sqlmem.rules.Freshness;
import dev.sqlmem.rules.TableRules;
import dev.sqlmem.settings.DataSize;
import dev.sqlmem.settings.Setting;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyConfigTest {
    private static final UpstreamUrl UPSTREAM = UpstreamUrl.parse("postgresql://u:s3cret@db.example/shop");

    @Test
    void pinsTheDefaults() {
        ProxyConfig config = ProxyConfig.builder(UPSTREAM).build();

        assertThat(config.listen()).hasToString("127.0.0.1:6432");
        assertThat(config.mode()).isEqualTo(Mode.READ_ONLY);
        assertThat(config.tlsCert()).isNull();
        assertThat(config.memoryLimit()).isEqualTo(DataSize.quarterOfMemory());
        assertThat(config.fillWait()).isEqualTo(Duration.ofMillis(200));
        assertThat(config.eventLoops()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(config.drainLimit()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.rules()).isEqualTo(TableRules.NONE);
        assertThat(config.http()).isNull();
        assertThat(config.cacheDb()).isNull();
        assertThat(config.backupInterval()).isEqualTo(Duration.ofHours(1));
        assertThat(config.verifyRate()).isZero();
    }

    /** What is said as a value is read from a text: nothing of it may be lost on the way. */
    @Test
    void takesValuesAsTheyAre(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("a file.pem"), "pem");
        TableRules rules = new TableRules(
                Freshness.ttl(Duration.ofMillis(50)), TableRules.parse("orders:ttl=5s; \"Odd;Name\":-\"a;b\""));

        ProxyConfig config = ProxyConfig.builder(UPSTREAM)
                .listen("::1", 7_000)
                .mode(Mode.TRANSPARENT)
                .tls(file, file)
                .memoryLimitBytes((1L << 30) + 1)
                .fillWait(Duration.ofMillis(61_001))
                .eventLoops(3)
                .drainLimit(Duration.ZERO)
                .rules(rules)
                .http(InetSocketAddress.createUnresolved("localhost", 9))
                .cacheDb(file)
                .backupInterval(Duration.ofDays(2))
                .verifyRate(0.000_01)
                .build();

        assertThat(config.listen().host()).isEqualTo("::1");
        assertThat(config.listen().port()).isEqualTo(7_000);
        assertThat(config.mode()).isEqualTo(Mode.TRANSPARENT);
        assertThat(config.tlsKey()).isEqualTo(file);
        assertThat(config.memoryLimit().bytes()).isEqualTo((1L << 30) + 1);
        assertThat(config.fillWait()).isEqualTo(Duration.ofMillis(61_001));
        assertThat(config.eventLoops()).isEqualTo(3);
        assertThat(config.drainLimit()).isZero();
        assertThat(config.rules()).isEqualTo(rules);
        assertThat(config.http()).hasToString("localhost:9");
        assertThat(config.cacheDb()).isEqualTo(file);
        assertThat(config.backupInterval()).isEqualTo(Duration.ofDays(2));
        assertThat(config.verifyRate()).isEqualTo(0.000_01);
    }

    @Test
    void tellsWhoSaidWhatAndNoPassword() {
        ProxyConfig config = ProxyConfig.builder(UPSTREAM, "demo")
                .fillWait(Duration.ofSeconds(20))
                .build();

        assertThat(config.settings())
                .contains(
                        new Setting("upstream", "postgresql://u:***@db.example:5432/shop", "demo"),
                        new Setting("fill-wait", "20s", "demo"),
                        new Setting("drain-limit", "5s", "default"));
        assertThat(config.toString()).doesNotContain("s3cret");
        assertThat(config.upstream().password()).isEqualTo("s3cret");
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProxyConfig.builder(UPSTREAM)
                        .fillWait(Duration.ofSeconds(-1))
                        .build())
                .withMessageStartingWith("--fill-wait: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProxyConfig.builder(UPSTREAM).eventLoops(0).build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProxyConfig.builder(UPSTREAM).verifyRate(1.5).build());
    }
}
