package dev.sqlmem.session.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.cache.generation.Reader;
import dev.sqlmem.cache.generation.RowTable;
import dev.sqlmem.cache.sqlite.CacheException;
import dev.sqlmem.cache.sqlite.ReadQuery;
import dev.sqlmem.cache.sqlite.Statement;
import dev.sqlmem.plan.LocalRelation;
import dev.sqlmem.plan.Output;
import dev.sqlmem.storage.TypeCodec;
import dev.sqlmem.storage.TypeCodecs;
import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowWriterTest {
    private static final int INT8 = 20;
    private static final TextSettings SETTINGS = new TextSettings(true, ZoneOffset.UTC.getRules(), Long.MIN_VALUE);

    private Generation generation;
    private Reader reader;

    @BeforeEach
    void open() {
        generation = RowTable.of(LocalRelation.STATS.table(), List.of(List.of("one", 1L)));
        reader = generation.borrow();
    }

    @AfterEach
    void close() {
        generation.giveBack(reader);
        generation.retire();
        generation.release();
    }

    @ParameterizedTest
    @CsvSource({
        "20, 12, 12",
        "20, 0, 0",
        "25, 'Zoë', Zoë",
        "25, '', ''",
        "17, x'00ff', \\x00ff",
        "20, null,",
        "25, null,",
        "17, null,",
    })
    void writesWhatThePlanSays(int type, String expression, String expected) {
        assertThat(written(new Output(codec(type), -1, true), sql(expression))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "20, 'text'",
        "20, x'00'",
        "25, 12",
        "25, 1.5",
        "25, x'00'",
        "17, 'text'",
        "17, 12",
    })
    void refusesAnotherStorageClass(int type, String expression) {
        assertThatThrownBy(() -> written(new Output(codec(type), -1, true), sql(expression)))
                .isInstanceOfSatisfying(
                        CacheException.class, e -> assertThat(e.isGuard()).isFalse())
                .hasMessageContaining("in result column 1");
    }

    @Test
    void takesADoubleInPlaceOfAnIntegerForAnOverflow() {
        assertThatThrownBy(() -> written(new Output(codec(INT8), -1, true), "9223372036854775807 + 1"))
                .isInstanceOf(NotExactException.class);
    }

    @ParameterizedTest
    @CsvSource({"20, false", "20, true", "25, false", "25, true", "17, false", "17, true"})
    void refusesANullWhereThereCanBeNone(int type, boolean stored) {
        assertThatThrownBy(() -> written(new Output(codec(type), -1, false, stored), "null"))
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("a null in result column 1");
    }

    @Test
    void tellsAGuardFromAFailure() {
        assertThatThrownBy(() -> step("abs(-9223372036854775808)"))
                .isInstanceOfSatisfying(
                        CacheException.class, e -> assertThat(e.isGuard()).isTrue());
        assertThatThrownBy(() -> step("json('no json')"))
                .isInstanceOfSatisfying(
                        CacheException.class, e -> assertThat(e.isGuard()).isFalse());
    }

    /** A text is written in quotes for the CSV reader, which takes them away. */
    private static String sql(String expression) {
        boolean bare = expression.matches("-?[0-9.]+|null|x'.*");
        return bare ? expression : "'" + expression + "'";
    }

    private static TypeCodec codec(int type) {
        return Objects.requireNonNull(TypeCodecs.forOid(type, -1));
    }

    private void step(String expression) {
        reader.statement(new ReadQuery("SELECT " + expression + " FROM t", 0)).step();
    }

    private @Nullable String written(Output output, String expression) {
        Statement statement = reader.statement(new ReadQuery("SELECT " + expression + " FROM t", 0));
        ByteBuf out = Unpooled.buffer();
        assertThat(statement.step()).isTrue();
        new RowWriter(List.of(output), null, SETTINGS).write(statement, out);
        assertThat(out.readByte()).isEqualTo((byte) 'D');
        assertThat(out.readInt()).isEqualTo(out.readableBytes() + Integer.BYTES);
        assertThat(out.readShort()).isOne();
        int length = out.readInt();
        return length < 0 ? null : out.toString(out.readerIndex(), length, StandardCharsets.UTF_8);
    }
}
