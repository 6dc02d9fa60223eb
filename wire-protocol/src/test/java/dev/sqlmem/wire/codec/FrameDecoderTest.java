package dev.sqlmem.wire.codec;

import static dev.sqlmem.wire.WireBytes.wire;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.wire.message.BackendSamples;
import dev.sqlmem.wire.message.FrontendSamples;
import dev.sqlmem.wire.message.Sample;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class FrameDecoderTest {
    private static final int LARGE = 1 << 20;

    @Test
    void clientsFramesComeOneByOne() {
        List<Sample<?>> samples = FrontendSamples.all().collect(Collectors.toList());
        ByteBuf stream = stream(samples);
        List<String> frames = samples.stream()
                .map(sample -> ByteBufUtil.hexDump(sample.frame()))
                .collect(Collectors.toList());
        try (Wiretap client = new Wiretap(FrameDecoder.frontend(LARGE))) {
            client.receive(stream);
            assertThat(client.drain()).isEqualTo(frames);
            assertThat(client.memory()).isZero();
        }
        assertSplitAnywhere(stream, frames);
    }

    private static void assertSplitAnywhere(ByteBuf stream, List<String> frames) {
        for (int at = 1; at < stream.readableBytes(); at++) {
            try (Wiretap client = new Wiretap(FrameDecoder.frontend(LARGE))) {
                client.receive(stream, 0, at);
                client.receive(stream, at, stream.readableBytes() - at);
                assertThat(client.drain()).as("split at %d", at).isEqualTo(frames);
                assertThat(client.memory()).isZero();
            }
        }
        try (Wiretap client = new Wiretap(FrameDecoder.frontend(LARGE))) {
            for (int at = 0; at < stream.readableBytes(); at++) {
                client.receive(stream, at, 1);
            }
            assertThat(client.drain()).isEqualTo(frames);
            assertThat(client.memory()).isZero();
        }
    }

    @Test
    void serversFramesKeepBytesAndOrder() {
        ByteBuf stream = stream(BackendSamples.all().collect(Collectors.toList()));
        for (int at = 1; at < stream.readableBytes(); at++) {
            try (Wiretap server = new Wiretap(FrameDecoder.backend(LARGE))) {
                server.receive(stream, 0, at);
                server.receive(stream, at, stream.readableBytes() - at);
                assertThat(server.drainBytes()).isEqualTo(stream);
                assertThat(server.memory()).isZero();
            }
        }
    }

    @Test
    void rowsThatArriveTogetherComeInARun() {
        try (Wiretap server = new Wiretap(FrameDecoder.backend(LARGE))) {
            server.receive(wire("'T' 00000006 0000"
                    + "'D' 00000006 0001 'D' 00000007 0002 ff 'D' 00000006 0003"
                    + "'C' 00000005 00 'Z' 00000005 'I'"));
            assertThat(server.drain())
                    .containsExactly(
                            "54000000060000",
                            "run 3 D 4400000006000144000000070002ff44000000060003",
                            "430000000500",
                            "5a0000000549");
        }
    }

    @Test
    void runsHoldOneTagAndWholeFrames() {
        try (Wiretap server = new Wiretap(FrameDecoder.backend(LARGE))) {
            server.receive(wire("'d' 00000005 01 'd' 00000005 02 'D' 00000006 0000 'D' 00000006 00"));
            assertThat(server.drain()).containsExactly("run 2 d 640000000501640000000502", "run 1 D 44000000060000");
            server.receive(wire("00 'D' 0000"));
            assertThat(server.drain()).containsExactly("run 1 D 44000000060000");
            server.receive(wire("0006 0001"));
            assertThat(server.drain()).containsExactly("run 1 D 44000000060001");
            assertThat(server.memory()).isZero();
        }
    }

    @Test
    void aRunIsOneSliceOfTheRead() {
        try (Wiretap server = new Wiretap(FrameDecoder.backend(LARGE))) {
            ByteBuf read = Unpooled.buffer().writeBytes(wire("'D' 00000006 0001 'D' 00000006 0002"));
            server.channel().writeInbound(read);
            FrameRun run = server.channel().readInbound();
            read.setByte(6, 9);
            assertThat(run.content()).isEqualTo(wire("'D' 00000006 0009 'D' 00000006 0002"));
            assertThat(run.refCnt()).isOne();
            assertThat(run.release()).isTrue();
            assertThat(read.refCnt()).isZero();
        }
    }

    @Test
    void clientsCopyDataIsNotGathered() {
        try (Wiretap client = new Wiretap(FrameDecoder.frontend(LARGE))) {
            client.receive(wire("'d' 00000005 01 'd' 00000005 02"));
            assertThat(client.drain()).containsExactly("640000000501", "640000000502");
        }
    }

    @Test
    void unfinishedFrameIsDroppedWithTheConnection() {
        Wiretap client = new Wiretap(FrameDecoder.frontend(LARGE));
        client.receive(wire("'Q' 00000010 'SELECT'"));
        assertThat(client.memory()).isPositive();
        client.close();
        assertThat(client.memory()).isZero();
    }

    private static ByteBuf stream(List<? extends Sample<?>> samples) {
        ByteBuf stream = Unpooled.buffer();
        samples.forEach(sample -> stream.writeBytes(sample.frame()));
        return stream;
    }
}
