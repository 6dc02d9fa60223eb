package dev.sqlmem.wire.codec;

import static dev.sqlmem.wire.WireBytes.wire;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.wire.message.CancelRequest;
import dev.sqlmem.wire.message.GSSENCRequest;
import dev.sqlmem.wire.message.ProtocolException;
import dev.sqlmem.wire.message.SSLRequest;
import dev.sqlmem.wire.message.StartupMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StartupDecoderTest {
    private static final String SSL = "00000008 04d2162f";
    private static final String GSS = "00000008 04d21630";
    private static final String STARTUP = "00000014 00030000 'user' 00 'alice' 00 00";

    @Test
    void requestsForEncryptionComeBeforeTheStart() {
        ByteBuf stream = wire(GSS + SSL + STARTUP);
        for (int at = 1; at < stream.readableBytes(); at++) {
            try (Wiretap client = new Wiretap(StartupDecoder.plain())) {
                client.receive(stream, 0, at);
                client.receive(stream, at, stream.readableBytes() - at);
                assertThat(client.poll()).isEqualTo(GSSENCRequest.INSTANCE);
                assertThat(client.poll()).isEqualTo(SSLRequest.INSTANCE);
                assertThat(client.poll())
                        .isEqualTo(new StartupMessage(StartupMessage.VERSION_3_0, Map.of("user", "alice")));
                assertThat(client.memory()).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SSL + SSL, // asked twice
                GSS + GSS,
                "00000009 04d2162f 00", // longer than it may be
                "00000007 00030000", // too short for a version
                "00000000 00030000",
                "ffffffff 00030000",
                "80000000 00030000",
                "00002715 00030000", // 10005
                "7fffffff 00030000",
                "00000008 00030000", // no terminator
                "00000012 00030000 'user' 00 'alice'",
                "00000015 00030000 'user' 00 'alice' 00 00 00",
                "00000009 00020000 00", // version 2
                "00000009 00040000 00",
                "00000009 04d21631 00", // no code anybody knows
                "0000000f 04d2162e 00000001 010203", // a cancel key of 3 bytes
                "'GET / HTTP/1.1' 0d0a"
            })
    void otherBytesAreRefused(String notation) {
        try (Wiretap client = new Wiretap(StartupDecoder.plain())) {
            assertThatThrownBy(() -> client.receive(wire(notation))).isInstanceOf(ProtocolException.class);
            client.drain();
            client.receive(wire(STARTUP));
            assertThat(client.poll()).isNull();
            assertThat(client.memory()).isZero();
        }
    }

    @Test
    void sizeIsCheckedBeforeItsBytesArrive() {
        try (Wiretap client = new Wiretap(StartupDecoder.plain())) {
            assertThatThrownBy(() -> client.receive(wire("00002715"))).isInstanceOf(ProtocolException.class);
        }
        try (Wiretap client = new Wiretap(StartupDecoder.plain())) {
            client.receive(wire("00002714 00030000 'options' 00"));
            client.receive(Unpooled.buffer()
                    .writeBytes("x".repeat(10_004 - 18).getBytes(UTF_8))
                    .writeZero(2));
            assertThat(client.poll())
                    .isEqualTo(
                            new StartupMessage(StartupMessage.VERSION_3_0, Map.of("options", "x".repeat(10_004 - 18))));
        }
    }

    @Test
    void cancelKeyMayBeLong() {
        for (int length : new int[] {4, 32, 256}) {
            try (Wiretap client = new Wiretap(StartupDecoder.plain())) {
                client.receive(Unpooled.buffer()
                        .writeInt(12 + length)
                        .writeInt(CancelRequest.CODE)
                        .writeInt(77)
                        .writeZero(length));
                CancelRequest request = client.channel().readInbound();
                assertThat(request.pid()).isEqualTo(77);
                assertThat(request.key()).isEqualTo(new byte[length]);
            }
        }
    }

    @Test
    void bytesBehindARequestAreSeen() {
        StartupDecoder decoder = StartupDecoder.plain();
        try (Wiretap client = new Wiretap(decoder)) {
            int[] buffered = {-1};
            client.channel().pipeline().addLast(new ChannelInboundHandlerAdapter() {
                @Override
                public void channelRead(ChannelHandlerContext context, Object message) {
                    buffered[0] = decoder.bufferedBytes();
                }
            });
            client.receive(wire(SSL));
            assertThat(buffered[0]).isZero();
            client.receive(wire(GSS + "16 03 01"));
            assertThat(buffered[0]).isEqualTo(3);
        }
    }

    @Test
    void directTlsLeavesItsBytesToTheNextHandler() {
        StartupDecoder decoder = StartupDecoder.plain();
        try (Wiretap client = new Wiretap(decoder)) {
            client.receive(wire("16"));
            client.receive(wire("0301"));
            assertThat(client.drain()).containsExactly("INSTANCE");
            client.channel().pipeline().remove(decoder);
            assertThat(client.drain()).containsExactly("160301");
            assertThat(client.memory()).isZero();
        }
    }

    @Test
    void directTlsMayBeAnsweredAtOnce() {
        StartupDecoder decoder = StartupDecoder.plain();
        try (Wiretap client = new Wiretap(decoder)) {
            replaceOn(client, DirectTls.class, decoder, new ChannelInboundHandlerAdapter());
            client.receive(wire("160301"));
            assertThat(client.drain()).containsExactly("INSTANCE", "160301");
            assertThat(client.memory()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"16 03 01 00", SSL, GSS})
    void encryptedConnectionIsNotEncryptedAgain(String notation) {
        try (Wiretap client = new Wiretap(StartupDecoder.encrypted())) {
            assertThatThrownBy(() -> client.receive(wire(notation))).isInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void encryptedConnectionStarts() {
        try (Wiretap client = new Wiretap(StartupDecoder.encrypted())) {
            client.receive(wire(STARTUP));
            assertThat(client.poll()).isInstanceOf(StartupMessage.class);
        }
    }

    @Test
    void framesBehindTheStartPassToTheFrameDecoder() {
        ByteBuf stream = wire(STARTUP + "'p' 00000005 00 'Q' 00000005 00");
        for (int at = 1; at <= stream.readableBytes(); at++) {
            StartupDecoder decoder = StartupDecoder.plain();
            try (Wiretap client = new Wiretap(decoder)) {
                replaceOn(client, StartupMessage.class, decoder, FrameDecoder.frontend(100));
                client.receive(stream, 0, at);
                client.receive(stream, at, stream.readableBytes() - at);
                assertThat(client.poll()).isInstanceOf(StartupMessage.class);
                assertThat(client.drain()).as("split at %d", at).containsExactly("700000000500", "510000000500");
                assertThat(client.memory()).isZero();
            }
        }
    }

    @Test
    void nothingIsReadBehindTheStart() {
        try (Wiretap client = new Wiretap(StartupDecoder.plain())) {
            client.receive(wire(STARTUP + STARTUP));
            assertThat(client.poll()).isInstanceOf(StartupMessage.class);
            assertThat(client.poll()).isNull();
        }
    }

    private static void replaceOn(
            Wiretap client, Class<?> type, StartupDecoder decoder, ChannelInboundHandlerAdapter replacement) {
        client.channel().pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                context.fireChannelRead(message);
                if (type.isInstance(message)) {
                    context.pipeline().replace(decoder, "replacement", replacement);
                }
            }
        });
    }
}
