package dev.sqlmem.wire.message;

import static dev.sqlmem.wire.WireBytes.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StartupMessageTest {
    private static final String BODY = "'user' 00 'alice' 00 'database' 00 'shop' 00 00";

    @Test
    void parametersKeepTheirOrder() {
        StartupMessage message = StartupMessage.decode(StartupMessage.VERSION_3_2, wire(BODY));
        assertThat(message.major()).isEqualTo(3);
        assertThat(message.minor()).isEqualTo(2);
        assertThat(message.parameters().entrySet())
                .containsExactly(Map.entry("user", "alice"), Map.entry("database", "shop"));
    }

    @Test
    void isWrittenByteForByte() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("user", "alice");
        parameters.put("database", "shop");
        ByteBuf out = Unpooled.buffer();
        new StartupMessage(StartupMessage.VERSION_3_0, parameters).encode(out);
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo(ByteBufUtil.hexDump(wire("00000022 00030000" + BODY)));
    }

    @Test
    void lastOfARepeatedNameCounts() {
        StartupMessage message = StartupMessage.decode(
                StartupMessage.VERSION_3_0, wire("'user' 00 'a' 00 'options' 00 '' 00 'user' 00 'b' 00 00"));
        assertThat(message.parameters()).isEqualTo(Map.of("user", "b", "options", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "'user' 00 'alice' 00",
                "'user' 00 'alice'",
                "'user' 00",
                "'user' 00 00",
                "'user' 00 'alice' 00 00 00",
                "'user' 00 'alice' 00 00 'more' 00 '' 00 00"
            })
    void otherLayoutIsRefused(String body) {
        assertThatThrownBy(() -> StartupMessage.decode(StartupMessage.VERSION_3_0, wire(body)))
                .isInstanceOf(ProtocolException.class);
    }
}
