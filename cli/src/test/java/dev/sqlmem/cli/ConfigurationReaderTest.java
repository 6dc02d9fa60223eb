package dev.sqlmem.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.OperatingSystemMXBean;
import dev.sqlmem.server.Mode;
import dev.sqlmem.server.ProxyConfig;
import dev.sqlmem.settings.ConfigurationException;
import dev.sqlmem.settings.DataSize;
import dev.sqlmem.settings.Flag;
import dev.sqlmem.settings.Setting;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigurationReaderTest {
    private static final String URL = "postgresql://app:s3cret@db.example:5433/shop";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void pinsTheDefaults() {
        Configuration configuration = read(Map.of(Flag.UPSTREAM, URL), Map.of());

        assertThat(configuration.proxy().listen()).hasToString("127.0.0.1:6432");
        assertThat(configuration.proxy().mode()).isEqualTo(Mode.READ_ONLY);
        assertThat(configuration.proxy().tlsCert()).isNull();
        assertThat(configuration.proxy().tlsKey()).isNull();
        assertThat(configuration.proxy().memoryLimit().bytes()).isEqualTo(machineMemory() / 4);
        assertThat(configuration.proxy().fillWait()).isEqualTo(Duration.ofMillis(200));
        assertThat(configuration.proxy().eventLoops())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(configuration.proxy().drainLimit()).isEqualTo(Duration.ofSeconds(5));
        assertThat(configuration.proxy().verifyRate()).isZero();
        assertThat(configuration.proxy().cacheDb()).isEqualTo(Path.of("cache.db"));
        assertThat(configuration.proxy().backupInterval()).isEqualTo(Duration.ofHours(1));
        assertThat(configuration.proxy().rules().byDefault()).hasToString("manual");
        assertThat(configuration.proxy().http()).hasToString("127.0.0.1:8432");
        assertThat(configuration.log().targets()).isEmpty();
        assertThat(configuration.log().level()).isEqualTo(Level.INFO);
        assertThat(configuration.log().rotation()).isEqualTo(new DataSize(10_000_000));
        assertThat(configuration.log().format()).isEqualTo(LogFormat.TEXT);
        assertThat(configuration.proxy().settings())
                .filteredOn(setting -> !setting.name().equals("upstream"))
                .extracting(Setting::source)
                .containsOnly("default");
    }

    @Test
    void listsEverySettingWithItsSourceAndNoPassword() throws IOException {
        Files.writeString(directory.resolve(".env"), "SQLMEM_MODE=transparent\n");

        Configuration configuration = read(Map.of(Flag.UPSTREAM, URL), Map.of("SQLMEM_FILL_WAIT", "50"));

        assertThat(configuration.proxy().settings())
                .extracting(Setting::name)
                .containsExactly(Arrays.stream(Flag.values()).map(Flag::label).toArray(String[]::new));
        assertThat(configuration.proxy().settings())
                .contains(
                        new Setting("mode", "transparent", ".env"),
                        new Setting("fill-wait", "50", "environment"),
                        new Setting("listen", "127.0.0.1:6432", "default"),
                        new Setting("upstream", "postgresql://app:***@db.example:5433/shop", "flag"));
        assertThat(configuration.toString()).doesNotContain("s3cret");
    }

    @Test
    void prefersFlagThenEnvironmentThenDotEnv() throws IOException {
        Files.writeString(
                directory.resolve(".env"),
                "SQLMEM_UPSTREAM=" + URL + "\nSQLMEM_LISTEN=127.0.0.1:3\nSQLMEM_FILL_WAIT=3\n");
        Map<String, String> variables = Map.of("SQLMEM_LISTEN", "127.0.0.1:2", "SQLMEM_FILL_WAIT", "2");

        assertThat(read(Map.of(Flag.LISTEN, "127.0.0.1:1"), variables)
                        .proxy()
                        .listen()
                        .port())
                .isEqualTo(1);
        assertThat(read(Map.of(), variables).proxy().listen().port()).isEqualTo(2);
        assertThat(read(Map.of(), Map.of()).proxy().listen().port()).isEqualTo(3);
        assertThat(read(Map.of(), Map.of()).proxy().upstream().database()).isEqualTo("shop");
    }

    @Test
    void takesAnEmptyVariableForNotSet() {
        assertThat(read(Map.of(Flag.UPSTREAM, URL), Map.of("SQLMEM_LISTEN", " "))
                        .proxy()
                        .listen()
                        .port())
                .isEqualTo(6432);
    }

    @Test
    void letsDebugChooseTheLevelOnlyWhereNoneIsGiven() {
        Map<String, String> debug = Map.of("SQLMEM_DEBUG", "true");

        assertThat(read(Map.of(Flag.UPSTREAM, URL), debug).log().level()).isEqualTo(Level.DEBUG);
        assertThat(read(Map.of(Flag.UPSTREAM, URL, Flag.LOG_LEVEL, "warn"), debug)
                        .log()
                        .level())
                .isEqualTo(Level.WARN);
        assertThat(read(Map.of(Flag.UPSTREAM, URL, Flag.DEBUG, "false"), debug)
                        .log()
                        .level())
                .isEqualTo(Level.INFO);
    }

    @Test
    void switchesOff() {
        Configuration configuration =
                read(Map.of(Flag.UPSTREAM, URL, Flag.CACHE_DB, "none", Flag.HTTP, "off"), Map.of());

        assertThat(configuration.proxy().cacheDb()).isNull();
        assertThat(configuration.proxy().http()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "0.01, 0.01", ".5, 0.5"})
    void handsTheProxyTheShareToVerify(String text, double share) {
        var configuration = read(Map.of(Flag.UPSTREAM, URL, Flag.VERIFY, text), Map.of());

        assertThat(configuration.proxy().verifyRate()).isEqualTo(share);
    }

    @Test
    void handsTheProxyWhatItNeeds() throws IOException {
        Path cert = Files.writeString(directory.resolve("cert.pem"), "cert");
        Path key = Files.writeString(directory.resolve("key.pem"), "key");

        var proxy = read(
                        Map.of(
                                Flag.UPSTREAM, URL,
                                Flag.LISTEN, ":7000",
                                Flag.MODE, "transparent",
                                Flag.TLS_CERT, cert.toString(),
                                Flag.TLS_KEY, key.toString(),
                                Flag.MEMORY_LIMIT, "2GiB",
                                Flag.FILL_WAIT, "1s",
                                Flag.EVENT_LOOPS, "3",
                                Flag.HTTP, "127.0.0.1:9000",
                                Flag.DRAIN_LIMIT, "30"),
                        Map.of("SQLMEM_VERIFY", "0.01"))
                .proxy();

        assertThat(proxy.listen().bindHost()).isEqualTo("0.0.0.0");
        assertThat(proxy.listen().port()).isEqualTo(7000);
        assertThat(proxy.mode()).isEqualTo(Mode.TRANSPARENT);
        assertThat(proxy.tlsCert()).isEqualTo(cert);
        assertThat(proxy.tlsKey()).isEqualTo(key);
        assertThat(proxy.memoryLimit().bytes()).isEqualTo(2L << 30);
        assertThat(proxy.fillWait()).isEqualTo(Duration.ofSeconds(1));
        assertThat(proxy.eventLoops()).isEqualTo(3);
        assertThat(proxy.http()).hasToString("127.0.0.1:9000");
        assertThat(proxy.drainLimit()).isEqualTo(Duration.ofSeconds(30));
        assertThat(proxy.verifyRate()).isEqualTo(0.01);
        assertThat(proxy.settings()).hasSize(Flag.values().length);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LISTEN|6432",
                "MODE|readonly",
                "TLS_CERT|/no/such/file.pem",
                "ALLOW_PLAIN_PUBLIC|perhaps",
                "MEMORY_LIMIT|lots",
                "FILL_WAIT|-1",
                "EVENT_LOOPS|0",
                "DRAIN_LIMIT|for ever",
                "VERIFY|1.5",
                "VERIFY|-0.1",
                "VERIFY|some",
                "VERIFY|NaN",
                "BACKUP_INTERVAL|hourly",
                "FRESHNESS|fresh",
                "HTTP|8432",
                "LOG_LEVEL|loud",
                "LOG_ROTATION|10 disks",
                "LOG_FORMAT|xml",
                "DEBUG|maybe",
                "UPSTREAM|mysql://localhost/db",
            })
    void namesTheSettingThatIsWrong(Flag flag, String text) {
        Map<Flag, String> flags = new HashMap<>(Map.of(Flag.UPSTREAM, URL));
        flags.put(flag, text);

        assertThatThrownBy(() -> read(flags, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(flag.option() + ": ");
        flags.remove(flag);
        Map<String, String> variables = new HashMap<>(Map.of("SQLMEM_UPSTREAM", URL));
        variables.put(flag.variable(), text);
        assertThatThrownBy(() -> read(Map.of(), variables))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(flag.variable() + " (environment): ");
    }

    @Test
    void needsAnUpstream() {
        assertThatThrownBy(() -> read(Map.of(), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--upstream postgresql://")
                .hasMessageContaining("SQLMEM_UPSTREAM");
    }

    @Test
    void refusesHalfOfTls() throws IOException {
        Path cert = Files.writeString(directory.resolve("cert.pem"), "cert");

        assertThatThrownBy(() -> read(Map.of(Flag.UPSTREAM, URL, Flag.TLS_CERT, cert.toString()), Map.of()))
                .hasMessageContaining("both or neither");
        assertThatThrownBy(() -> read(Map.of(Flag.UPSTREAM, URL, Flag.TLS_KEY, cert.toString()), Map.of()))
                .hasMessageContaining("both or neither");
    }

    @ParameterizedTest
    @CsvSource({"0.0.0.0:6432", ":6432", "[::]:6432", "192.168.7.7:6432"})
    void refusesAPublicAddressInTheClearUnlessTold(String listen) throws IOException {
        Map<Flag, String> flags = new HashMap<>(Map.of(Flag.UPSTREAM, URL, Flag.LISTEN, listen));
        assertThatThrownBy(() -> read(flags, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--allow-plain-public");

        assertThat(read(flags, Map.of("SQLMEM_ALLOW_PLAIN_PUBLIC", "true"))
                        .proxy()
                        .listen())
                .hasToString(listen);
        Path pem = Files.writeString(directory.resolve("both.pem"), "pem");
        flags.put(Flag.TLS_CERT, pem.toString());
        flags.put(Flag.TLS_KEY, pem.toString());
        assertThat(read(flags, Map.of()).proxy().listen()).hasToString(listen);
    }

    /** The status page has no TLS and no sign-in, so a certificate changes nothing. */
    @ParameterizedTest
    @CsvSource({"0.0.0.0:8432", ":8432", "[::]:8432", "192.168.7.7:8432"})
    void refusesAPublicStatusPageUnlessTold(String http) throws IOException {
        Path pem = Files.writeString(directory.resolve("both.pem"), "pem");
        Map<Flag, String> flags = Map.of(
                Flag.UPSTREAM, URL, Flag.HTTP, http, Flag.TLS_CERT, pem.toString(), Flag.TLS_KEY, pem.toString());
        assertThatThrownBy(() -> read(flags, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("--http " + http)
                .hasMessageContaining("--allow-plain-public");

        assertThat(read(flags, Map.of("SQLMEM_ALLOW_PLAIN_PUBLIC", "true"))
                        .proxy()
                        .http())
                .hasToString(http);
    }

    @ParameterizedTest
    @EnumSource
    void namesAVariableForEveryFlag(Flag flag) {
        assertThat(flag.variable()).matches("SQLMEM_[A-Z_]+");
        assertThat(flag.help()).contains(flag.variable());
    }

    @Test
    void tellsAMalformedDotEnv() throws IOException {
        Files.writeString(directory.resolve(".env"), "this is no assignment\n");

        assertThatThrownBy(() -> read(Map.of(Flag.UPSTREAM, URL), Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(".env: ");
    }

    /** The library's proxy differs in what has no place in a program that others run: no file, no page. */
    @Test
    void hasTheDefaultsOfTheLibrary() {
        ProxyConfig library = ProxyConfig.builder(UpstreamUrl.parse(URL)).build();
        ProxyConfig command = read(Map.of(Flag.UPSTREAM, URL, Flag.CACHE_DB, "none", Flag.HTTP, "off"), Map.of())
                .proxy();

        assertThat(command)
                .usingRecursiveComparison()
                .ignoringFields("settings")
                .isEqualTo(library);
        Map<String, String> shown =
                command.settings().stream().collect(Collectors.toMap(Setting::name, Setting::value));
        assertThat(library.settings())
                .hasSizeGreaterThan(14)
                .allSatisfy(row -> assertThat(row.value()).isEqualTo(shown.get(row.name())));
    }

    private Configuration read(Map<Flag, String> flags, Map<String, String> variables) {
        return ConfigurationReader.read(new Sources(flags, new Environment(variables, directory)));
    }

    private static long machineMemory() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }
}
