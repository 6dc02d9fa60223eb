package dev.sqlmem.sql.shape;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Shapes and the literals lifted out of them. */
final class ShapeScannerTest {

    private final ShapeScanner scanner = new ShapeScanner();
    private final Shape shape = new Shape();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT a FROM T WHERE id = 5              | select a from t where id = ?
            ` select\t a , b -- x`                    | select a , b
            select/* /* x */ */a                      | select a
            select "A  B" from "t";                   | select "A  B" from "t"
            select 1 ; ;                              | select ?
            select a1, b$1, $1, $23 from t2           | select a1, b$1, $1, $23 from t2
            select 'it''s', E'x', 5.0, -1             | select ?, ?, ?, -?
            SELECT ÀÉ                                 | select ÀÉ
            a=b'1'                                    | a=?
            select * from t; select 2                 | select * from t; select ?
            """)
    void shapes(String sql, String expected) {
        scan(sql);
        assertThat(shape.display()).isEqualTo(expected);
        assertThat(shape.malformed()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            0                     | INT4
            007                   | INT4
            2147483647            | INT4
            2147483648            | INT8
            9223372036854775807   | INT8
            9223372036854775808   | NUMERIC
            18446744073709551616  | NUMERIC
            00000000000000000000001 | INT4
            99999999999999999999999999 | NUMERIC
            1.                    | NUMERIC
            .5                    | NUMERIC
            1e5                   | NUMERIC
            1.5E-3                | NUMERIC
            1_000                 | OTHER
            0x1F                  | OTHER
            123abc                | OTHER
            1e                    | OTHER
            'x'                   | STRING
            E'x'                  | ESCAPE_STRING
            e''                   | ESCAPE_STRING
            U&'x'                 | OTHER_STRING
            B'1'                  | OTHER_STRING
            x'1F'                 | OTHER_STRING
            n'x'                  | OTHER_STRING
            $$x$$                 | OTHER_STRING
            $a1$ $$ $a1$          | OTHER_STRING
            `'a'\n'b'`            | OTHER_STRING
            `'a' -- c\n 'b'`      | OTHER_STRING
            """)
    void classes(String literal, LiteralClass expected) {
        String written = literal.replace("\\n", "\n");
        scan("select " + written + " from t");
        assertThat(shape.slots()).isEqualTo(1);
        assertThat(shape.literalClass(0)).isEqualTo(expected);
        assertThat(shape.literalText(0)).isEqualTo(written);
        assertThat(shape.literalStart(0)).isEqualTo(7);
        assertThat(shape.display()).isEqualTo("select ? from t");
        assertThat(shape.plannable()).isEqualTo(expected.plannable());
    }

    @Test
    void rangeIsTwoIntegers() {
        scan("1..2");
        assertThat(shape.display()).isEqualTo("?..?");
        assertThat(shape.literalClass(1)).isEqualTo(LiteralClass.INT4);
    }

    @Test
    void backslashesFollowStandardConformingStrings() {
        scan("'a\\' , 'b'", true);
        assertThat(shape.literalClass(0)).isEqualTo(LiteralClass.STRING);
        assertThat(shape.display()).isEqualTo("? , ?");
        scan("'a\\' , ''", false);
        assertThat(shape.slots()).isEqualTo(1);
        assertThat(shape.literalClass(0)).isEqualTo(LiteralClass.ESCAPE_STRING);
        scan("'b'", false);
        assertThat(shape.literalClass(0)).isEqualTo(LiteralClass.STRING);
    }

    @Test
    void values() {
        scan("select 'it''s ''é''', '', '''', 42, 3000000000");
        assertThat(new String(shape.stringValue(0), StandardCharsets.UTF_8)).isEqualTo("it's 'é'");
        assertThat(shape.stringValue(1)).isEmpty();
        assertThat(shape.stringValue(2)).containsExactly('\'');
        assertThat(shape.integerValue(3)).isEqualTo(42);
        assertThat(shape.integerValue(4)).isEqualTo(3_000_000_000L);
    }

    @Test
    void parserTextSetsMarksApart() {
        scan("select date'2020-01-01',a=-5 b=$1");
        assertThat(shape.parserText()).isEqualTo("select date ?1 ,a=- ?2  b=$1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'a",
                "\"a",
                "/* a",
                "$$a",
                "$",
                "$1a",
                "a \\ b",
                "{",
                "\u0001",
                "\"\u0001\"",
                "U&\"a\"",
                "'a' 'b'",
                "'a' /* \n */ 'b'",
                "a\u000bb",
                "e'\\'"
            })
    void malformed(String sql) {
        scan(sql);
        assertThat(shape.malformed()).isTrue();
        assertThat(shape.plannable()).isFalse();
    }

    @Test
    void invalidUtf8IsMalformed() {
        for (int[] bytes :
                new int[][] {{0xc0, 0x80}, {0xed, 0xa0, 0x80}, {0xf5, 0x80, 0x80, 0x80}, {0xe2, 0x82}, {0}}) {
            ByteBuf text = Unpooled.copiedBuffer("select '12345678", StandardCharsets.UTF_8);
            for (int b : bytes) {
                text.writeByte(b);
            }
            text.writeByte('\'');
            scanner.scan(text, 0, text.readableBytes(), true, shape);
            assertThat(shape.malformed()).isTrue();
            text.release();
        }
        scan("select '12345678é€😀'");
        assertThat(shape.malformed()).isFalse();
    }

    @Test
    void limits() {
        scan("select " + "1,".repeat(254) + "1");
        assertThat(shape.tooLong()).isFalse();
        assertThat(shape.slots()).isEqualTo(255);
        scan("select " + "e'',".repeat(255) + "e''");
        assertThat(shape.tooLong()).isTrue();
        scan(" ".repeat(ShapeScanner.MAX_TEXT));
        assertThat(shape.tooLong()).isFalse();
        assertThat(shape.isEmpty()).isTrue();
        scan(" ".repeat(ShapeScanner.MAX_TEXT + 1));
        assertThat(shape.tooLong()).isTrue();
        scan("select 1");
        assertThat(shape.plannable()).isTrue();
    }

    @Test
    void scratchProbesTheMapThatItsKeyIsIn() {
        Map<ShapeBytes, String> plans = new HashMap<>();
        scan("select a from t where id = 1");
        ShapeKey key = shape.key();
        plans.put(key, "plan");
        scan("SELECT  a FROM t /* x */ WHERE id = 77;");
        assertThat(plans.get(shape)).isEqualTo("plan");
        assertThat(key).isEqualTo(shape.key()).hasSameHashCodeAs(shape);
        scan("select a from t where id = 3000000000");
        assertThat(plans.get(shape)).isNull();
        scan("select a from t where id = '1'");
        assertThat(plans.get(shape)).isNull();
        assertThat(key.display()).isEqualTo("select a from t where id = ?");
        assertThat(key.literalClasses()).containsExactly(LiteralClass.INT4);
    }

    @Test
    void readsWithinABuffer() {
        ByteBuf buffer = Unpooled.directBuffer().writeBytes("xxselect 1yy".getBytes(StandardCharsets.UTF_8));
        scanner.scan(buffer, 2, 8, true, shape);
        assertThat(shape.text()).isEqualTo("select 1");
        assertThat(buffer.readerIndex()).isZero();
        buffer.release();
    }

    private void scan(String sql) {
        scan(sql, true);
    }

    private void scan(String sql, boolean standardConformingStrings) {
        ByteBuf text = Unpooled.copiedBuffer(sql, StandardCharsets.UTF_8);
        scanner.scan(text, 0, text.readableBytes(), standardConformingStrings, shape);
        text.release();
    }
}
