package dev.sqlmem.wire.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ArrayElementsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                       | ``
            {1}                      | 1
            {1,2,NULL,-3}            | 1;2;<null>;-3
            {"a b","",null,"NULL"}   | a b;;<null>;NULL
            {"a\\"b","c\\\\d","{,}"} | a"b;c\\d;{,}
            {é,日本}                 | é;日本
            """)
    void readsText(String array, String expected) {
        String elements = words(ArrayElements.text(array.getBytes(StandardCharsets.UTF_8)));
        assertThat(elements).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "}",
                "1",
                "{1",
                "1}",
                "{1,}",
                "{,1}",
                "{1,,2}",
                "{ 1}",
                "{1 }",
                "{{1}}",
                "[1:1]={1}",
                "{\"a}",
                "{\"a\"b}",
                "{a\"b\"}",
                "{a\\b}",
                "{1} ",
                "{\"a\" }"
            })
    void leavesTheUnusualToTheServer(String array) {
        assertThatThrownBy(() -> ArrayElements.text(array.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(NotExactException.class);
    }

    @Test
    void readsBinary() {
        ByteBuf array = Unpooled.buffer()
                .writeInt(1)
                .writeInt(1)
                .writeInt(25)
                .writeInt(3)
                .writeInt(1);
        array.writeInt(1).writeByte('a').writeInt(-1).writeInt(0);
        assertThat(words(ArrayElements.binary(array, array.readableBytes(), 25)))
                .isEqualTo("a;<null>;");
        ByteBuf empty = Unpooled.buffer().writeInt(0).writeInt(0).writeInt(25);
        assertThat(ArrayElements.binary(empty, 12, 25)).isEmpty();
    }

    @Test
    void refusesWrongBinary() {
        ByteBuf array = Unpooled.buffer()
                .writeInt(1)
                .writeInt(0)
                .writeInt(23)
                .writeInt(2)
                .writeInt(1)
                .writeInt(4);
        array.writeInt(7);
        assertThatThrownBy(() -> ArrayElements.binary(array, array.readableBytes(), 23))
                .isInstanceOf(NotExactException.class);
        assertThatThrownBy(() -> ArrayElements.binary(array, array.readableBytes(), 25))
                .isInstanceOf(NotExactException.class);
        assertThatThrownBy(() -> ArrayElements.binary(array, 11, 23)).isInstanceOf(NotExactException.class);
    }

    private static String words(List<byte @Nullable []> elements) {
        return elements.stream()
                .map(each -> each == null ? "<null>" : new String(each, StandardCharsets.UTF_8))
                .collect(Collectors.joining(";"));
    }
}
