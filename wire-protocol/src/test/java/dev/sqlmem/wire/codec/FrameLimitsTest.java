package dev.sqlmem.wire.codec;

import static dev.sqlmem.wire.WireBytes.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.wire.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameLimitsTest {

    @ParameterizedTest
    @CsvSource({
        "S,10000",
        "H,10000",
        "X,10000",
        "C,10000",
        "D,10000",
        "E,10000",
        "c,10000",
        "f,10000",
        "p,65535",
        "B,1073741822",
        "P,1073741822",
        "Q,1073741822",
        "F,1073741822",
        "d,1073741822"
    })
    void clientsLengthIsCheckedBeforeItsBytesArrive(char tag, int limit) {
        assertLimit(true, tag, limit);
    }

    @ParameterizedTest
    @CsvSource({
        "K,10000",
        "1,10000",
        "2,10000",
        "3,10000",
        "c,10000",
        "I,10000",
        "n,10000",
        "s,10000",
        "Z,10000",
        "R,65535",
        "v,65535",
        "A,1073741822",
        "C,1073741822",
        "D,1073741822",
        "d,1073741822",
        "E,1073741822",
        "G,1073741822",
        "H,1073741822",
        "N,1073741822",
        "S,1073741822",
        "T,1073741822",
        "t,1073741822",
        "V,1073741822",
        "W,1073741822"
    })
    void serversLengthIsCheckedBeforeItsBytesArrive(char tag, int limit) {
        assertLimit(false, tag, limit);
    }

    private static void assertLimit(boolean frontend, char tag, int limit) {
        try (Wiretap wire = new Wiretap(decoder(frontend, Integer.MAX_VALUE))) {
            assertThatCode(() -> wire.receive(header(tag, limit))).doesNotThrowAnyException();
            assertThat(wire.memory()).isLessThan(1024);
        }
        for (int length : new int[] {limit + 1, Integer.MAX_VALUE, 3, 0, -1, Integer.MIN_VALUE}) {
            try (Wiretap wire = new Wiretap(decoder(frontend, Integer.MAX_VALUE))) {
                assertThatThrownBy(() -> wire.receive(header(tag, length)))
                        .as("length %d", length)
                        .isInstanceOf(ProtocolException.class)
                        .hasMessage("invalid message length");
                assertThat(wire.memory()).isZero();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("unknownTags")
    void unknownTagIsRefused(boolean frontend, byte tag) {
        try (Wiretap wire = new Wiretap(decoder(frontend, Integer.MAX_VALUE))) {
            assertThatThrownBy(() -> wire.receive(header((char) tag, 4)))
                    .isInstanceOf(ProtocolException.class)
                    .hasMessage("invalid message type " + (tag & 0xff));
            assertThat(wire.memory()).isZero();
        }
    }

    static Stream<Object[]> unknownTags() {
        return Stream.of(true, false).flatMap(frontend -> {
            String known = frontend ? "BCdcfDEHFPpQSX" : "RK23CWGHDdcIEVvnNAtS1sZT";
            return IntStream.range(-128, 128)
                    .filter(tag -> tag < 0 || known.indexOf(tag) < 0)
                    .mapToObj(tag -> new Object[] {frontend, (byte) tag});
        });
    }

    @Test
    void framesBeforeTheBadOneAreDeliveredAndNoneAfter() {
        try (Wiretap client = new Wiretap(decoder(true, Integer.MAX_VALUE))) {
            assertThatThrownBy(() -> client.receive(wire("'S' 00000004 'H' 00000004 'S' 00000003 'S' 00000004")))
                    .isInstanceOf(ProtocolException.class);
            assertThat(client.drain()).containsExactly("5300000004", "4800000004");
            client.receive(wire("'S' 00000004"));
            assertThat(client.drain()).isEmpty();
            assertThat(client.memory()).isZero();
        }
    }

    @Test
    void aBadRowDoesNotTakeTheRunWithIt() {
        try (Wiretap server = new Wiretap(decoder(false, Integer.MAX_VALUE))) {
            assertThatThrownBy(() -> server.receive(wire("'D' 00000006 0001 'D' 00000006 0002 'D' 00000003 0003")))
                    .isInstanceOf(ProtocolException.class);
            assertThat(server.drain()).containsExactly("run 2 D 4400000006000144000000060002");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ownLimitHoldsForAllFramesAndCanBeRaised(boolean frontend) {
        FrameDecoder decoder = decoder(frontend, 8);
        try (Wiretap wire = new Wiretap(decoder)) {
            wire.receive(wire("'d' 00000008 00000000 'd'"));
            decoder.maxLarge(9);
            wire.receive(wire("00000009 0000000000"));
            assertThat(wire.drain()).hasSize(2);
            assertThatThrownBy(() -> wire.receive(header('d', 10))).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void aRunEndsBeforeARowAboveTheOwnLimit() {
        try (Wiretap server = new Wiretap(decoder(false, 6))) {
            assertThatThrownBy(() -> server.receive(wire("'D' 00000006 0001 'D' 00000007 000200")))
                    .isInstanceOf(ProtocolException.class);
            assertThat(server.drain()).containsExactly("run 1 D 44000000060001");
        }
    }

    private static FrameDecoder decoder(boolean frontend, int maxLarge) {
        return frontend ? FrameDecoder.frontend(maxLarge) : FrameDecoder.backend(maxLarge);
    }

    private static ByteBuf header(char tag, int length) {
        return Unpooled.buffer().writeByte(tag).writeInt(length);
    }
}
