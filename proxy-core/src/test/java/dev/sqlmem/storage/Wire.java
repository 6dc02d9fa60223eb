package dev.sqlmem.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.function.ToLongFunction;

/** Values as text or hexadecimal strings; every value to be read is followed by bytes of another one. */
final class Wire {
    static final TextSettings UTC = new TextSettings(true, ZoneOffset.UTC.getRules(), Long.MIN_VALUE);

    /** 1970-01-01 00:00 UTC. */
    static final long UNIX_EPOCH = -946_684_800_000_000L;

    private static final byte[] NEIGHBOUR = {'1', '2', '3', '4', '5', '6', '7', '8'};

    private Wire() {}

    static TextSettings in(String zone) {
        return new TextSettings(true, ZoneId.of(zone).getRules(), UNIX_EPOCH);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    static String text(IntegerCodec codec, long stored, int typmod, TextSettings settings) {
        ByteBuf out = Unpooled.buffer(0);
        codec.writeText(stored, typmod, settings, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    static String text(IntegerCodec codec, long stored) {
        return text(codec, stored, -1, UTC);
    }

    static String text(BytesCodec codec, byte[] stored, int typmod, TextSettings settings) {
        ByteBuf out = Unpooled.buffer(0);
        codec.writeText(stored, typmod, settings, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    static String binary(IntegerCodec codec, long stored, int typmod) {
        ByteBuf out = Unpooled.buffer(0);
        codec.writeBinary(stored, typmod, out);
        return hexOf(out);
    }

    static String binary(BytesCodec codec, byte[] stored, int typmod) {
        ByteBuf out = Unpooled.buffer(0);
        codec.writeBinary(stored, typmod, out);
        return hexOf(out);
    }

    static long readText(IntegerCodec codec, String text, int typmod, TextSettings settings) {
        byte[] value = utf8(text);
        return readLong(value, in -> codec.readText(in, value.length, typmod, settings));
    }

    static long readText(IntegerCodec codec, String text) {
        return readText(codec, text, -1, UTC);
    }

    static long readBinary(IntegerCodec codec, String hex, int typmod) {
        byte[] value = hex(hex);
        return readLong(value, in -> codec.readBinary(in, value.length, typmod));
    }

    static byte[] readText(BytesCodec codec, byte[] text, int typmod) {
        ByteBuf in = surrounded(text);
        byte[] stored = codec.readText(in, text.length, typmod, UTC);
        assertThat(in.readableBytes()).as("bytes left").isEqualTo(NEIGHBOUR.length);
        return stored;
    }

    static byte[] readBinary(BytesCodec codec, byte[] binary, int typmod) {
        ByteBuf in = surrounded(binary);
        byte[] stored = codec.readBinary(in, binary.length, typmod);
        assertThat(in.readableBytes()).as("bytes left").isEqualTo(NEIGHBOUR.length);
        return stored;
    }

    private static long readLong(byte[] value, ToLongFunction<ByteBuf> reader) {
        ByteBuf in = surrounded(value);
        long stored = reader.applyAsLong(in);
        assertThat(in.readableBytes()).as("bytes left").isEqualTo(NEIGHBOUR.length);
        return stored;
    }

    private static ByteBuf surrounded(byte[] value) {
        return Unpooled.wrappedBuffer(NEIGHBOUR, value, NEIGHBOUR).skipBytes(NEIGHBOUR.length);
    }

    private static String hexOf(ByteBuf out) {
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
