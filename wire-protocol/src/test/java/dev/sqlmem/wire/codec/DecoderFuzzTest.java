package dev.sqlmem.wire.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.wire.message.BackendMessages;
import dev.sqlmem.wire.message.BackendSamples;
import dev.sqlmem.wire.message.FrontendMessages;
import dev.sqlmem.wire.message.FrontendSamples;
import dev.sqlmem.wire.message.ProtocolException;
import dev.sqlmem.wire.message.Sample;
import dev.sqlmem.wire.message.Tag;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Bytes at random and good frames gone bad: nothing but ProtocolException comes out, nothing is leaked, and
 * what is accepted is given back to the byte.
 */
final class DecoderFuzzTest {
    private static final int BODIES = 200_000;
    private static final int STREAMS = 30_000;
    private static final int HEADER_LENGTH = 5;

    private static final List<ByteBuf> FRONTEND = frames(FrontendSamples.all());
    private static final List<ByteBuf> BACKEND = frames(BackendSamples.all());

    @Test
    void clientsBodies() {
        fuzzBodies(FRONTEND, 1, (frame, out) -> FrontendMessages.decode(frame).encode(out));
    }

    @Test
    void serversBodies() {
        fuzzBodies(BACKEND, 2, (frame, out) -> BackendMessages.decode(frame).encode(out));
    }

    private static void fuzzBodies(List<ByteBuf> samples, long seed, BiConsumer<ByteBuf, ByteBuf> decodeAndEncode) {
        Random random = new Random(seed);
        int accepted = 0;
        for (int i = 0; i < BODIES; i++) {
            ByteBuf frame = mutateBody(samples.get(random.nextInt(samples.size())), random);
            ByteBuf out = Unpooled.buffer();
            try {
                decodeAndEncode.accept(frame.duplicate(), out);
                accepted++;
                if (!repeatsField(frame)) {
                    assertThat(ByteBufUtil.hexDump(out)).isEqualTo(ByteBufUtil.hexDump(frame));
                }
            } catch (ProtocolException expected) {
                assertThat(expected.sqlState()).isEqualTo("08P01");
            } catch (RuntimeException e) {
                throw new AssertionError(ByteBufUtil.hexDump(frame), e);
            }
            assertThat(frame.refCnt()).isOne();
        }
        assertThat(accepted).as("neither all nor nothing").isBetween(BODIES / 10, BODIES - BODIES / 10);
    }

    /** Of a field of an error that comes twice only one is kept, by contract. */
    private static boolean repeatsField(ByteBuf frame) {
        byte tag = frame.getByte(0);
        Set<Byte> types = new HashSet<>();
        for (int at = HEADER_LENGTH; tag == Tag.NOTICE_RESPONSE || tag == Tag.ERROR_RESPONSE; ) {
            byte type = frame.getByte(at);
            if (type == 0) {
                return false;
            }
            if (!types.add(type)) {
                return true;
            }
            at = frame.indexOf(at, frame.writerIndex(), (byte) 0) + 1;
            if (at <= 0 || at >= frame.writerIndex()) {
                return false;
            }
        }
        return false;
    }

    @Test
    void clientsStreams() {
        fuzzStreams(3, random -> stream(FRONTEND, random), FrameDecoder::frontend);
    }

    @Test
    void serversStreams() {
        fuzzStreams(4, random -> stream(BACKEND, random), FrameDecoder::backend);
    }

    private static void fuzzStreams(
            long seed, Function<Random, ByteBuf> streams, Function<Integer, FrameDecoder> decoder) {
        Random random = new Random(seed);
        int broken = 0;
        for (int i = 0; i < STREAMS; i++) {
            ByteBuf stream = streams.apply(random);
            Wiretap wire = new Wiretap(decoder.apply(1 << 16));
            broken += receive(wire, stream, random) ? 0 : 1;
            ByteBuf emitted = wire.drainBytes();
            assertThat(emitted).isEqualTo(stream.slice(0, emitted.readableBytes()));
            wire.close();
            assertThat(wire.memory()).as("%s", ByteBufUtil.hexDump(stream)).isZero();
        }
        assertThat(broken).as("neither all nor nothing").isBetween(STREAMS / 10, STREAMS - STREAMS / 10);
    }

    @Test
    void starts() {
        List<ByteBuf> samples = frames(FrontendSamples.startup());
        samples.add(Unpooled.buffer()
                .writeInt(20)
                .writeInt(3 << 16)
                .writeBytes(ByteBufUtil.decodeHexDump("75736572" + "00" + "616c696365" + "00" + "00")));
        Random random = new Random(5);
        int broken = 0;
        for (int i = 0; i < STREAMS; i++) {
            ByteBuf stream = Unpooled.buffer();
            for (int n = random.nextInt(3); n >= 0; n--) {
                stream.writeBytes(mutate(samples.get(random.nextInt(samples.size())), random, 0));
            }
            Wiretap client = new Wiretap(StartupDecoder.plain());
            broken += receive(client, stream, random) ? 0 : 1;
            client.close();
            assertThat(client.memory()).as("%s", ByteBufUtil.hexDump(stream)).isZero();
        }
        assertThat(broken).as("neither all nor nothing").isBetween(STREAMS / 10, STREAMS - STREAMS / 10);
    }

    /** Lets the stream arrive in reads of any size; false when it broke the protocol. */
    private static boolean receive(Wiretap wire, ByteBuf stream, Random random) {
        try {
            for (int at = 0; at < stream.readableBytes(); ) {
                int length = Math.min(1 + random.nextInt(40), stream.readableBytes() - at);
                wire.receive(stream, at, length);
                at += length;
            }
            return true;
        } catch (ProtocolException expected) {
            return false;
        } catch (RuntimeException e) {
            throw new AssertionError(ByteBufUtil.hexDump(stream), e);
        }
    }

    private static ByteBuf stream(List<ByteBuf> samples, Random random) {
        ByteBuf stream = Unpooled.buffer();
        for (int n = random.nextInt(8); n >= 0; n--) {
            ByteBuf sample = samples.get(random.nextInt(samples.size()));
            stream.writeBytes(random.nextInt(8) == 0 ? mutate(sample, random, 0) : mutateBody(sample, random));
        }
        return stream;
    }

    /** A frame whose body differs and whose length is right. */
    private static ByteBuf mutateBody(ByteBuf sample, Random random) {
        ByteBuf frame = mutate(sample, random, HEADER_LENGTH);
        return frame.setInt(1, frame.readableBytes() - 1);
    }

    /** A copy with some bytes from {@code start} on changed, cut off, added or left alone. */
    private static ByteBuf mutate(ByteBuf sample, Random random, int start) {
        ByteBuf bytes = sample.copy();
        for (int n = random.nextInt(4); n > 0; n--) {
            int body = bytes.readableBytes() - start;
            switch (random.nextInt(3)) {
                case 0 -> bytes.writerIndex(start + random.nextInt(body + 1));
                case 1 -> bytes.writeByte(random.nextInt(256));
                default -> {
                    if (body > 0) {
                        bytes.setByte(start + random.nextInt(body), random.nextInt(256));
                    }
                }
            }
        }
        return bytes;
    }

    private static List<ByteBuf> frames(Stream<? extends Sample<?>> samples) {
        return samples.map(Sample::frame).collect(Collectors.toList());
    }
}
