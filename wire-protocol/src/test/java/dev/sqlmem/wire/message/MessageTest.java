package dev.sqlmem.wire.message;

import static dev.sqlmem.wire.WireBytes.array;
import static dev.sqlmem.wire.WireBytes.wire;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class MessageTest {
    private static final String FRONTEND = "dev.sqlmem.wire.message.FrontendSamples#all";
    private static final String BACKEND = "dev.sqlmem.wire.message.BackendSamples#all";

    @ParameterizedTest
    @MethodSource({
        FRONTEND,
        "dev.sqlmem.wire.message.FrontendSamples#authentication",
        "dev.sqlmem.wire.message.FrontendSamples#startup"
    })
    void frontendMessageIsWrittenByteForByte(Sample<FrontendMessage> sample) {
        assertWritten(sample, FrontendMessage::encode);
    }

    @ParameterizedTest
    @MethodSource(BACKEND)
    void backendMessageIsWrittenByteForByte(Sample<BackendMessage> sample) {
        assertWritten(sample, BackendMessage::encode);
    }

    @ParameterizedTest
    @MethodSource(FRONTEND)
    void frontendMessageIsReadFromWholeBodyOnly(Sample<FrontendMessage> sample) {
        assertThat(same(FrontendMessages.decode(sample.frame()), sample.message()))
                .isTrue();
        assertReadWhole(sample, FrontendMessages::decode);
    }

    @ParameterizedTest
    @MethodSource(BACKEND)
    void backendMessageIsReadFromWholeBodyOnly(Sample<BackendMessage> sample) {
        assertThat(same(BackendMessages.decode(sample.frame()), sample.message()))
                .isTrue();
        assertReadWhole(sample, BackendMessages::decode);
    }

    @ParameterizedTest
    @MethodSource("dev.sqlmem.wire.message.FrontendSamples#authentication")
    void authenticationResponseIsReadByTheExpectedType(Sample<FrontendMessage> sample) {
        BiFunction<Byte, ByteBuf, FrontendMessage> decode = (tag, body) -> {
            if (sample.message() instanceof GSSResponse) {
                return GSSResponse.decode(body);
            }
            return sample.message() instanceof SASLResponse
                    ? SASLResponse.decode(body)
                    : SASLInitialResponse.decode(body);
        };
        assertReadWhole(sample, decode);
    }

    @Test
    void samplesCoverEveryMessage() {
        Set<Class<?>> sampled = Stream.of(
                        FrontendSamples.all(),
                        FrontendSamples.authentication(),
                        FrontendSamples.startup(),
                        BackendSamples.all())
                .flatMap(samples -> samples)
                .map(sample -> sample.message().getClass())
                .collect(Collectors.toSet());
        sampled.add(StartupMessage.class);
        assertThat(sampled).isEqualTo(records(FrontendMessage.class, BackendMessage.class));
    }

    @Test
    void tagOfTheOtherDirectionIsRefused() {
        assertThatThrownBy(() -> FrontendMessages.decode(wire("'Z' 00000005 'I'")))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("invalid message type 90");
        assertThatThrownBy(() -> BackendMessages.decode(wire("'Q' 00000005 00")))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("invalid message type 81");
    }

    private static <M> void assertWritten(Sample<M> sample, BiConsumer<M, ByteBuf> encode) {
        // Twice: writing must not consume the buffers of the message.
        ByteBuf out = Unpooled.buffer(1);
        encode.accept(sample.message(), out);
        encode.accept(sample.message(), out);
        String bytes = ByteBufUtil.hexDump(sample.frame());
        assertThat(ByteBufUtil.hexDump(out)).isEqualTo(bytes + bytes);
    }

    private static <M> void assertReadWhole(Sample<M> sample, BiFunction<Byte, ByteBuf, M> decode) {
        ByteBuf body = sample.body();
        M message = decode.apply(sample.tag(), body);
        assertThat(same(message, sample.message())).as("%s", message).isTrue();
        assertThat(body.readableBytes()).isZero();
        assertThat(body.refCnt()).isOne();
        if (sample.open()) {
            return;
        }
        assertThatThrownBy(() -> decode.apply(sample.tag(), sample.body().writeByte(0)))
                .isInstanceOf(ProtocolException.class);
        for (int length = 0; length < sample.body().readableBytes(); length++) {
            ByteBuf cut = sample.body().readSlice(length);
            assertThatThrownBy(() -> decode.apply(sample.tag(), cut))
                    .as("first %d bytes", length)
                    .isInstanceOf(ProtocolException.class);
        }
    }

    /** Equality that looks into arrays, which record equality doesn't. */
    private static boolean same(Object left, Object right) {
        if (!left.getClass().equals(right.getClass())) {
            return false;
        }
        for (var component : left.getClass().getRecordComponents()) {
            try {
                Object l = component.getAccessor().invoke(left);
                Object r = component.getAccessor().invoke(right);
                if (!Objects.deepEquals(l, r)) {
                    return false;
                }
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(e.getMessage(), e);
            }
        }
        return true;
    }

    /** The records of this package, the product's and the tests', that implement one of these. */
    private static Set<Class<?>> records(Class<?>... roots) {
        Set<Class<?>> records = new HashSet<>();
        for (Class<?> tree : List.of(BackendMessage.class, MessageTest.class)) {
            for (Class<?> each : classesBeside(tree)) {
                if (each.isRecord() && Stream.of(roots).anyMatch(root -> root.isAssignableFrom(each))) {
                    records.add(each);
                }
            }
        }
        return records;
    }

    private static List<Class<?>> classesBeside(Class<?> tree) {
        URL here = Objects.requireNonNull(tree.getResource(tree.getSimpleName() + ".class"));
        try (Stream<Path> files = Files.list(Path.of(here.toURI()).resolveSibling(""))) {
            List<Class<?>> classes = new ArrayList<>();
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".class") && !name.equals("package-info.class")) {
                    classes.add(Class.forName(tree.getPackageName() + "." + name.replace(".class", "")));
                }
            }
            return classes;
        } catch (IOException | URISyntaxException | ClassNotFoundException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @Test
    void notationOfTheseTestsIsWhatItSeems() {
        assertThat(array("'Q' 0009 ff")).containsExactly('Q', 0, 9, 0xff);
    }
}
