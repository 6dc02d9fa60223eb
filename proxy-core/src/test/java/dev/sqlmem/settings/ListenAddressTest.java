package dev.sqlmem.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:6432, 127.0.0.1, 6432",
        "localhost:0, localhost, 0",
        "[::1]:6432, ::1, 6432",
        "[fe80::1%eth0]:65535, fe80::1%eth0, 65535",
        ":6432, '', 6432",
    })
    void readsAddressesAndWritesThemBack(String text, String host, int port) {
        assertThat(ListenAddress.parse(text)).isEqualTo(new ListenAddress(host, port));
        assertThat(ListenAddress.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "6432", "localhost", "localhost:", "::1:6432", "[::1]", "a b:1", "host:65536", "host:-1"})
    void refusesWhatIsNoAddress(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ListenAddress.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:1", "127.9.9.9:1", "[::1]:1", "localhost:1"})
    void staysOnTheMachine(String text) {
        assertThat(ListenAddress.parse(text).isLoopback()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {":1", "0.0.0.0:1", "[::]:1", "10.0.0.1:1", "192.168.1.1:1", "no-such-host.invalid:1"})
    void maySeeOtherMachines(String text) {
        assertThat(ListenAddress.parse(text).isLoopback()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({":1, 127.0.0.1:1", "0.0.0.0:1, 127.0.0.1:1", "[::]:1, [::1]:1", "10.0.0.1:1, 10.0.0.1:1"})
    void isReachedByLoopbackWhereItListensEverywhere(String listen, String client) {
        assertThat(ListenAddress.parse(listen).reachable()).hasToString(client);
    }
}
