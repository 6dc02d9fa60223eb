package dev.sqlmem.wire.codec;

import static dev.sqlmem.wire.WireBytes.wire;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameChunkTest {
    private static final int LARGE = Integer.MAX_VALUE;
    private static final int READ = 64 * 1024;

    @ParameterizedTest
    @CsvSource({"false,D", "false,d", "true,d"})
    void onlyMoreThanTheThresholdIsCut(boolean frontend, char tag) {
        try (Wiretap wire = new Wiretap(frontend ? FrameDecoder.frontend(LARGE) : FrameDecoder.backend(LARGE))) {
            wire.receive(frame(tag, FrameDecoder.CHUNK_THRESHOLD));
            Object whole = Objects.requireNonNull(wire.poll());
            assertThat(whole).isInstanceOf(frontend ? ByteBuf.class : FrameRun.class);
            Emitted.release(whole);
            wire.receive(frame(tag, FrameDecoder.CHUNK_THRESHOLD + 1));
            assertThat(wire.poll()).isInstanceOfSatisfying(FrameChunk.class, chunk -> {
                assertThat(chunk.first()).isTrue();
                assertThat(chunk.last()).isTrue();
                assertThat(chunk.tag()).isEqualTo((byte) tag);
                assertThat(chunk.content().readableBytes()).isEqualTo(FrameDecoder.CHUNK_THRESHOLD + 1);
                chunk.release();
            });
            assertThat(wire.memory()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 100, 65535, 65536, 199_999, 200_000, 200_003, 200_009})
    void chunksAddUpWhereverTheReadsEnd(int firstRead) {
        ByteBuf stream = Unpooled.buffer();
        stream.writeBytes(wire("'D' 00000006 0001"));
        stream.writeBytes(frame('D', 200_000));
        stream.writeBytes(wire("'D' 00000006 0002 'C' 00000005 00"));
        List<Object> emitted = new ArrayList<>();
        try (Wiretap server = new Wiretap(FrameDecoder.backend(LARGE))) {
            server.receive(stream, 0, firstRead);
            for (int at = firstRead; at < stream.readableBytes(); at += READ) {
                server.receive(stream, at, Math.min(READ, stream.readableBytes() - at));
            }
            ByteBuf bytes = Unpooled.buffer();
            for (Object message = server.poll(); message != null; message = server.poll()) {
                bytes.writeBytes(Emitted.content(message).duplicate());
                emitted.add(message);
            }
            assertThat(bytes).isEqualTo(stream);
            assertOrder(emitted);
            emitted.forEach(Emitted::release);
            assertThat(server.memory()).isZero();
        }
    }

    private static void assertOrder(List<Object> emitted) {
        int end = emitted.size() - 1;
        assertThat(emitted.get(0)).isInstanceOf(FrameRun.class);
        assertThat(emitted.get(end - 1)).isInstanceOf(FrameRun.class);
        assertThat(emitted.get(end)).isInstanceOf(ByteBuf.class);
        for (int i = 1; i < end - 1; i++) {
            FrameChunk chunk = (FrameChunk) emitted.get(i);
            assertThat(chunk.first()).isEqualTo(i == 1);
            assertThat(chunk.last()).isEqualTo(i == end - 2);
        }
    }

    @Test
    void aRowOfHalfAGigabytePassesInLittleMemory() {
        int size = 500_000_000;
        ByteBuf read = Unpooled.buffer().writeZero(READ);
        long passed = 0;
        try (Wiretap server = new Wiretap(FrameDecoder.backend(LARGE))) {
            server.receive(header('D', size));
            for (int left = size - 5; left > 0; left -= READ) {
                server.receive(read, 0, Math.min(READ, left));
                for (Object message = server.poll(); message != null; message = server.poll()) {
                    passed += Emitted.content(message).readableBytes();
                    Emitted.release(message);
                }
                assertThat(server.memory()).isZero();
            }
            server.receive(wire("'Z' 00000005 'I'"));
            assertThat(server.drain()).containsExactly("5a0000000549");
        }
        assertThat(passed).isEqualTo(size);
    }

    /** Frames are still in use when their read ends, and go before the next one. */
    @ParameterizedTest
    @CsvSource({"false,D", "true,d", "true,Q"})
    void noEndOfManyFramesLetsMemoryGrow(boolean frontend, char tag) {
        int size = 1_017;
        int frames = 100_000;
        ByteBuf stream = Unpooled.buffer();
        for (int i = 0; i < frames; i++) {
            stream.writeBytes(frame(tag, size));
        }
        long passed = 0;
        try (Wiretap wire = new Wiretap(frontend ? FrameDecoder.frontend(LARGE) : FrameDecoder.backend(LARGE))) {
            for (int at = 0; at < stream.readableBytes(); at += READ) {
                wire.receive(stream, at, Math.min(READ, stream.readableBytes() - at));
                for (Object message = wire.poll(); message != null; message = wire.poll()) {
                    passed += Emitted.content(message).readableBytes();
                    Emitted.release(message);
                }
                assertThat(wire.memory()).isLessThan(4L * READ);
            }
        }
        assertThat(passed).isEqualTo((long) size * frames);
    }

    @Test
    void otherLargeFramesAreGathered() {
        int size = 9_000_000;
        byte[] text = new byte[size - 5];
        new Random(7).nextBytes(text);
        ByteBuf frame = header('Q', size).writeBytes(text);
        try (Wiretap client = new Wiretap(FrameDecoder.frontend(LARGE))) {
            for (int at = 0; at < size; at += READ) {
                assertThat(client.poll()).isNull();
                client.receive(frame, at, Math.min(READ, size - at));
                assertThat(client.memory()).isLessThan(3L * (at + READ) + READ);
            }
            ByteBuf whole = client.drainBytes();
            assertThat(whole).isEqualTo(frame);
            assertThat(client.memory()).isZero();
        }
    }

    @Test
    void gatheringDoesNotCopyTooOften() {
        int size = 96 << 20;
        ByteBuf read = Unpooled.buffer().writeZero(READ);
        try (Wiretap client = new Wiretap(FrameDecoder.frontend(LARGE))) {
            client.receive(header('Q', size));
            for (int left = size - 5; left > 0; left -= READ) {
                client.receive(read, 0, Math.min(READ, left));
            }
            assertThat(client.poll()).isInstanceOfSatisfying(ByteBuf.class, frame -> {
                assertThat(frame.readableBytes()).isEqualTo(size);
                frame.release();
            });
            assertThat(client.allocated()).isLessThan(8L * size);
        }
    }

    private static ByteBuf frame(char tag, int size) {
        byte[] body = new byte[size - 5];
        new Random(size).nextBytes(body);
        return header(tag, size).writeBytes(body);
    }

    private static ByteBuf header(char tag, int size) {
        return Unpooled.buffer().writeByte(tag).writeInt(size - 1);
    }
}
