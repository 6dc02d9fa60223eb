package dev.sqlmem.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.storage.BytesCodec;
import dev.sqlmem.storage.IntegerCodec;
import dev.sqlmem.storage.RealCodec;
import dev.sqlmem.storage.TypeCodec;
import dev.sqlmem.storage.TypeCodecs;
import dev.sqlmem.wire.type.DateStyle;
import dev.sqlmem.wire.type.IntervalStyle;
import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a codec reads from the server's bytes it writes as the server does, in both formats and under all
 * settings, and stored values compare as the server's do.
 *
 * <p>{@code -Dsqlmem.types.random} chooses how many random values of each type are tried.
 */
class CodecServerTest {
    private static final List<String> DATE_STYLES = List.of(
            "ISO, MDY",
            "ISO, DMY",
            "SQL, MDY",
            "SQL, DMY",
            "SQL, YMD",
            "Postgres, MDY",
            "Postgres, DMY",
            "Postgres, YMD",
            "German, DMY",
            "German, MDY");
    private static final List<String> INTERVAL_STYLES =
            List.of("postgres", "postgres_verbose", "sql_standard", "iso_8601");

    private static ServerValues server;

    @BeforeAll
    static void connect() {
        server = new ServerValues();
    }

    @AfterAll
    static void disconnect() {
        server.close();
    }

    static List<Sample> samples() {
        List<Sample> all = new ArrayList<>(Sample.scalars());
        all.addAll(Sample.arrays());
        return all;
    }

    static List<Sample> ordered() {
        return Sample.scalars();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void writesWhatTheServerWrites(Sample sample) {
        TypeCodec codec = codec(sample);
        List<String> values = sample.values();
        server.load(sample.type(), values);
        List<byte[]> binary = server.binary();

        for (byte[] each : binary) {
            assertThat(Value.of(codec, sample.typmod(), each).binary()).isEqualTo(each);
        }
        for (int i = 0; i < Math.max(DATE_STYLES.size(), INTERVAL_STYLES.size()); i++) {
            String dates = DATE_STYLES.get(i % DATE_STYLES.size());
            String intervals = INTERVAL_STYLES.get(i % INTERVAL_STYLES.size());
            boolean hex = i % 2 == 0;
            server.run("SET DateStyle = '" + dates + "'; SET IntervalStyle = '" + intervals + "'; SET bytea_output = "
                    + (hex ? "hex" : "escape"));
            List<String> text = server.text();
            TextSettings settings = new TextSettings(
                    hex,
                    true,
                    Objects.requireNonNull(DateStyle.of(dates)),
                    Objects.requireNonNull(IntervalStyle.of(intervals)),
                    ZoneOffset.UTC.getRules(),
                    Long.MIN_VALUE);
            for (int j = 0; j < text.size(); j++) {
                assertThat(Value.of(codec, sample.typmod(), binary.get(j)).text(settings))
                        .as("%s under %s, %s", values.get(j), dates, intervals)
                        .isEqualTo(text.get(j));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ordered")
    void storesValuesSoThatTheyCompareAsTheServers(Sample sample) {
        TypeCodec codec = codec(sample);
        List<String> values = sample.values();
        server.load(sample.type(), values);
        List<Integer> ranks = server.ranks();
        List<byte[]> binary = server.binary();
        List<Value> stored = binary.stream()
                .map(each -> Value.of(codec, sample.typmod(), each))
                .toList();
        List<Integer> order = IntStream.range(0, values.size())
                .boxed()
                .sorted(Comparator.comparing(ranks::get))
                .toList();

        for (int i = 1; i < order.size(); i++) {
            int left = order.get(i - 1);
            int right = order.get(i);
            assertThat(Integer.signum(stored.get(left).compareTo(stored.get(right))))
                    .as("%s and %s", values.get(left), values.get(right))
                    .isEqualTo(Integer.compare(ranks.get(left), ranks.get(right)));
        }
    }

    /** What a codec reads of text is what the server reads; of what the server writes it reads most. */
    @ParameterizedTest
    @MethodSource("samples")
    void readsTextAsTheServerDoes(Sample sample) {
        TypeCodec codec = codec(sample);
        List<String> values = sample.values();
        server.load(sample.type(), values);
        List<byte[]> binary = server.binary();
        List<String> printed = server.text();
        int read = 0;
        for (int i = 0; i < binary.size(); i++) {
            Object stored = Value.of(codec, sample.typmod(), binary.get(i)).compared;
            // A cast to a type with a modifier rounds or cuts, as no comparison does.
            String input = sample.typmod() == -1 ? values.get(i) : printed.get(i);
            for (String text : List.of(input, printed.get(i))) {
                Object now = Value.read(codec, sample.typmod(), text);
                if (now != null) {
                    assertThat(now).as(text).isEqualTo(stored);
                    read++;
                }
            }
        }
        boolean quoted = sample.type().equals("bytea[]"); // its elements are never printed without quotes
        boolean comparable = codec.comparison() != TypeCodec.Comparison.NONE && !quoted;
        assertThat(read).isGreaterThan(comparable ? binary.size() / 4 : -1);
    }

    private static TypeCodec codec(Sample sample) {
        return Objects.requireNonNull(TypeCodecs.forOid(sample.oid(), sample.typmod()));
    }

    /** One value as it is stored: what is compared, and what is written from. */
    private static final class Value implements Comparable<Value> {
        private final TypeCodec codec;
        private final int typmod;
        private final Object compared;
        private final byte[] wire;

        private Value(TypeCodec codec, int typmod, Object compared, byte[] wire) {
            this.codec = codec;
            this.typmod = typmod;
            this.compared = compared;
            this.wire = wire;
        }

        static Value of(TypeCodec codec, int typmod, byte[] wire) {
            ByteBuf in = Unpooled.wrappedBuffer(wire);
            Object compared = codec instanceof IntegerCodec integers
                    ? (Object) integers.readBinary(in, wire.length, typmod)
                    : codec instanceof RealCodec reals
                            ? (Object) reals.readBinary(in, wire.length)
                            : ((BytesCodec) codec).readBinary(in, wire.length, typmod);
            assertThat(in.isReadable()).isFalse();
            return new Value(codec, typmod, compared, wire);
        }

        /** What the codec reads of text, or null where it leaves that to the server. */
        static @Nullable Object read(TypeCodec codec, int typmod, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            ByteBuf in = Unpooled.wrappedBuffer(bytes);
            TextSettings settings = new TextSettings(true, ZoneOffset.UTC.getRules(), Long.MIN_VALUE);
            try {
                if (codec instanceof IntegerCodec integers) {
                    return integers.readText(in, bytes.length, typmod, settings);
                }
                if (codec instanceof RealCodec reals) {
                    return reals.readText(in, bytes.length);
                }
                return ((BytesCodec) codec).readText(in, bytes.length, typmod, settings);
            } catch (NotExactException e) {
                return null;
            }
        }

        byte[] binary() {
            ByteBuf out = Unpooled.buffer();
            if (codec instanceof IntegerCodec integers) {
                integers.writeBinary((long) compared, typmod, out);
            } else if (codec instanceof RealCodec reals) {
                reals.writeBinary((double) compared, out);
            } else {
                ((BytesCodec) codec).writeBinary(written(), typmod, out);
            }
            byte[] bytes = new byte[out.readableBytes()];
            out.readBytes(bytes);
            return bytes;
        }

        String text(TextSettings settings) {
            ByteBuf out = Unpooled.buffer();
            if (codec instanceof IntegerCodec integers) {
                integers.writeText((long) compared, typmod, settings, out);
            } else if (codec instanceof RealCodec reals) {
                reals.writeText((double) compared, out);
            } else {
                ((BytesCodec) codec).writeText(written(), typmod, settings, out);
            }
            return out.toString(StandardCharsets.UTF_8);
        }

        private byte[] written() {
            return codec.isKeyed() ? wire : (byte[]) compared;
        }

        @Override
        public int compareTo(Value other) {
            if (compared instanceof Long number) {
                return number.compareTo((Long) other.compared);
            }
            if (compared instanceof Double number) {
                double theirs = (double) other.compared;
                return number == theirs ? 0 : Double.compare(number, theirs);
            }
            return Arrays.compareUnsigned((byte[]) compared, (byte[]) other.compared);
        }
    }
}
