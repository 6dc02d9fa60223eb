package dev.sqlmem.storage;

import static dev.sqlmem.storage.TypeCodecs.NUMERIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.wire.type.NotExactException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumericCodecTest {
    private static final int MONEY = NumericCodec.typmod(10, 2);

    @ParameterizedTest
    @CsvSource({
        "10, 2, 123450, 1234.50, 000200000000000204d21388",
        "10, 2, 0, 0.00, 0000000000000002",
        "10, 2, -5, -0.05, 0001ffff4000000201f4",
        "10, 2, 1000000, 10000.00, 00010001000000020001",
        "18, 2, 10000000000, 100000000.00, 00010002000000020001",
        "5, 3, 500, 0.500, 0001ffff000000031388",
        "8, 3, 12345678, 12345.678, 0003000100000003000109291a7c",
        "18, 4, 1, 0.0001, 0001ffff000000040001",
        "18, 4, 100000001, 10000.0001, 0003000100000004000100000001",
        "18, 9, -123456789123456789, -123456789.123456789, 0006000240000009000109291a8504d2162e2328",
        "18, 0, 100000000, 100000000, 00010002000000000001",
        "18, 0, 999999999999999999, 999999999999999999, 00050004000000000063270f270f270f270f",
        "18, 18, 0, 0.000000000000000000, 0000000000000012",
        "18, 18, -1, -0.000000000000000001, 0001fffb400000120064",
        // Sums outgrow their argument's precision.
        "38, 0, 9223372036854775807, 9223372036854775807, 0005000400000000039a0d2c0170156516af",
        "38, 0, -9223372036854775808, -9223372036854775808, 0005000440000000039a0d2c0170156516b0",
        "38, 1, -9223372036854775808, -922337203685477580.8, 0006000440000001005c092107f421631d9c1f40",
        "38, 18, -9223372036854775808, -9.223372036854775808, 0006000040000012000908b91c231ac61e4e0320",
    })
    void writesAndReadsBothFormats(int precision, int scale, long stored, String text, String hex) {
        int typmod = NumericCodec.typmod(precision, scale);

        assertThat(Wire.text(NUMERIC, stored, typmod, Wire.UTC)).isEqualTo(text);
        assertThat(Wire.binary(NUMERIC, stored, typmod)).isEqualTo(hex);
        assertThat(Wire.readText(NUMERIC, text, typmod, Wire.UTC)).isEqualTo(stored);
        assertThat(Wire.readBinary(NUMERIC, hex, typmod)).isEqualTo(stored);
        assertThat(decimalText(text)).isEqualTo(new BigDecimal(text));
        assertThat(decimalBinary(hex)).isEqualTo(new BigDecimal(text));
    }

    @ParameterizedTest
    @CsvSource({"10, 2, 655366", "18, 18, 1179670", "1, 0, 65540", "19, 0, 1245188", "5, -2, 329730", "2, 4, 131080"})
    void takesTypmodsApart(int precision, int scale, int typmod) {
        assertThat(NumericCodec.typmod(precision, scale)).isEqualTo(typmod);
        assertThat(NumericCodec.precision(typmod)).isEqualTo(precision);
        assertThat(NumericCodec.scale(typmod)).isEqualTo(scale);
    }

    @ParameterizedTest
    @CsvSource({"7, 700", "007.5, 750", "-0, 0", "-0.00, 0", "1.5000000, 150", "00000000000000000000000001, 100"})
    void bringsPlainDigitsToTheColumnsScale(String text, long stored) {
        assertThat(Wire.readText(NUMERIC, text, MONEY, Wire.UTC)).isEqualTo(stored);
    }

    @Test
    void bringsBinaryValuesToTheColumnsScale() {
        assertThat(Wire.readBinary(NUMERIC, "0002000000000002000103e8", NumericCodec.typmod(18, 1)))
                .as("1.10 at scale 1")
                .isEqualTo(11);
        assertThat(Wire.readBinary(NUMERIC, "00010002000000020001", NumericCodec.typmod(18, 6)))
                .as("100000000.00 at scale 6")
                .isEqualTo(100_000_000_000_000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.001", "1.005", "92233720368547758.08", "99999999999999999999"})
    void leavesNumbersThatTheScaleCannotHoldToThePlanner(String text) {
        assertThatThrownBy(() -> Wire.readText(NUMERIC, text, MONEY, Wire.UTC)).isInstanceOf(NotExactException.class);
        assertThat(decimalText(text)).isEqualTo(new BigDecimal(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", ".", ".5", "5.", "+1", "1e3", "NaN", "Infinity", " 1", "1 ", "1..2", "--1", "-.5"})
    void leavesOtherSpellingsToTheServer(String text) {
        assertThatThrownBy(() -> Wire.readText(NUMERIC, text, MONEY, Wire.UTC)).isInstanceOf(NotExactException.class);
        assertThatThrownBy(() -> decimalText(text)).isInstanceOf(NotExactException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000c0000000", // NaN
                "00000000d0000020", // Infinity
                "00000000f0000020", // -Infinity
                "0001000000000000", // a group is missing
                "000000000000000001", // a byte too many
                "00010000000000002710", // group 10000
                "00010000000040000001", // scale 16384
                "0001ffff000000031389", // 0.5001 with scale 3, which the server would cut
                "000000",
            })
    void leavesOtherBinaryFormsToTheServer(String hex) {
        assertThatThrownBy(() -> Wire.readBinary(NUMERIC, hex, NumericCodec.typmod(18, 4)))
                .isInstanceOf(NotExactException.class);
        assertThatThrownBy(() -> decimalBinary(hex)).isInstanceOf(NotExactException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00010005000000000001", // 100000000000000000000
                "0009000700000001000c0d801ed204d2162e23340d801ed21388", // 123456789012345678901234567890.5
                "0005000400000000039a0d2c0170156516b0", // 9223372036854775808
                "0001ffff000000031388", // 0.500
            })
    void doesNotReadWhatALongCannotHoldAtTheScale(String hex) {
        assertThatThrownBy(() -> Wire.readBinary(NUMERIC, hex, NumericCodec.typmod(18, 0)))
                .isInstanceOf(NotExactException.class);
    }

    @Test
    void keepsTheScaleOfALargeParameter() {
        assertThat(decimalBinary("0009000700000001000c0d801ed204d2162e23340d801ed21388"))
                .isEqualTo(new BigDecimal("123456789012345678901234567890.5"));
        assertThat(decimalBinary("00010005000000000001")).isEqualTo(new BigDecimal("100000000000000000000"));
    }

    @Test
    void boundsTheWorkForAParameter() {
        assertThatThrownBy(() -> decimalText("1".repeat(101))).isInstanceOf(NotExactException.class);
        assertThatThrownBy(() -> decimalBinary("00017fff000000000001")).isInstanceOf(NotExactException.class);
    }

    private static BigDecimal decimalText(String text) {
        byte[] value = Wire.utf8(text);
        ByteBuf in = Unpooled.wrappedBuffer(value, new byte[] {'7'});
        BigDecimal decimal = NumericCodec.readUnscaledText(in, value.length);
        assertThat(in.readableBytes()).isEqualTo(1);
        return decimal;
    }

    private static BigDecimal decimalBinary(String hex) {
        byte[] value = Wire.hex(hex);
        ByteBuf in = Unpooled.wrappedBuffer(value, new byte[] {7});
        BigDecimal decimal = NumericCodec.readDecimalBinary(in, value.length);
        assertThat(in.readableBytes()).isEqualTo(1);
        return decimal;
    }
}
