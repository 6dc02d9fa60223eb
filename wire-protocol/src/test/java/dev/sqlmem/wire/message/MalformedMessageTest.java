package dev.sqlmem.wire.message;

import static dev.sqlmem.wire.WireBytes.array;
import static dev.sqlmem.wire.WireBytes.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MalformedMessageTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'B' 00000000 00 00 0000 0001 fffffffe 0000", // a length of -2
                "'B' 00000000 00 00 0000 0001 80000000 0000", // the smallest length
                "'B' 00000000 00 00 0000 0001 7fffffff 0000", // the largest
                "'B' 00000000 00 00 0000 ffff 00000000 0000", // too few values for the count
                "'B' 00000000 00 00 ffff 0000 0000 0000", // too few formats for the count
                "'P' 00000000 00 00 ffff 00000017", // too few types for the count
                "'P' 00000000 's' 00 'SELECT 1'", // no terminator, nor a count
                "'Q' 00000000", // nothing at all
                "'Q' 00000000 'a' 00 'b' 00", // a second string
                "'D' 00000000 'X' 00", // neither statement nor portal
                "'C' 00000000 's' 00",
                "'F' 00000000 00000001 0000 0001 fffffffe 0000"
            })
    void frontendBodyIsRefused(String frame) {
        assertThatThrownBy(() -> FrontendMessages.decode(wire(frame)))
                .isInstanceOfSatisfying(
                        ProtocolException.class, e -> assertThat(e.sqlState()).isEqualTo("08P01"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'D' 00000000 0001 fffffffe",
                "'D' 00000000 0001 00000005 '1234'",
                "'D' 00000000 ffff ffffffff",
                "'T' 00000000 ffff 00",
                "'K' 00000000 00000001 010203", // a key of 3 bytes
                "'R' 00000000 00000001", // a request nobody knows
                "'R' 00000000 00000000 00",
                "'R' 00000000 00000005 010203", // a salt of 3 bytes
                "'R' 00000000 00000005 0102030405",
                "'Z' 00000000 'X'",
                "'v' 00000000 00030000 ffffffff",
                "'v' 00000000 00030000 7fffffff",
                "'E' 00000000 'SERROR' 00", // no terminator
                "'E' 00000000 'SERROR' 00 00 00",
                "'V' 00000000 fffffffe"
            })
    void backendBodyIsRefused(String frame) {
        assertThatThrownBy(() -> BackendMessages.decode(wire(frame))).isInstanceOf(ProtocolException.class);
    }

    @Test
    void cancelKeyHasFourTo256Bytes() {
        assertThat(new CancelRequest(1, new byte[256]).key()).hasSize(256);
        assertThatThrownBy(() -> new CancelRequest(1, new byte[257])).isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> new CancelRequest(1, new byte[3])).isInstanceOf(ProtocolException.class);
        assertThat(new BackendKeyData(1, new byte[256]).key()).hasSize(256);
        assertThatThrownBy(() -> new BackendKeyData(1, new byte[257])).isInstanceOf(ProtocolException.class);
    }

    @Test
    void passwordIsOneTerminatedString() {
        assertThat(new PasswordMessage(array("'secret' 00")).password()).isEqualTo("secret");
        assertThatThrownBy(() -> new PasswordMessage(array("'secret'")).password())
                .isInstanceOf(ProtocolException.class);
        assertThatThrownBy(() -> new PasswordMessage(array("'a' 00 'b' 00")).password())
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void moreElementsThanTheCountHoldsAreNotWritten() {
        Bind bind = new Bind("", "", List.of(), Collections.nCopies(65536, Unpooled.EMPTY_BUFFER), List.of());
        assertThatThrownBy(() -> bind.encode(Unpooled.buffer())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void bindMayHave65535Parameters() {
        Bind bind = new Bind("", "", List.of(), Collections.nCopies(65535, Unpooled.EMPTY_BUFFER), List.of());
        var frame = Unpooled.buffer();
        bind.encode(frame);
        assertThat(FrontendMessages.decode(frame)).isEqualTo(bind);
    }
}
