package dev.sqlmem.sql.lex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.sqlmem.sql.classify.Classification;
import dev.sqlmem.sql.classify.Classifier;
import dev.sqlmem.sql.classify.StatementTable;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No text takes more heap than a small process can give, and no text that people write is too complex. */
class LexerLimitsTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long MEGABYTE = 1L << 20;

    static Stream<Arguments> complex() {
        return Stream.of(
                        "(", "((a)", "a ", "[", "1,", "'a',", "\"a\" ", "U&\"a\" ", "$1 ", "+ ", ";", "a;", "select 1;")
                .map(piece -> Arguments.of(piece, piece.repeat((int) (5 * MEGABYTE) / piece.length())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("complex")
    void lexingEndsBeforeTheHeapDoes(String piece, String text) {
        long before = allocated();
        assertThatThrownBy(() -> Lexer.lex(text, true)).isInstanceOf(TooComplexException.class);
        assertThat(allocated() - before).isLessThan(96 * MEGABYTE);
    }

    @Test
    void aLongerTextIsNotEvenLookedAt() {
        String text = " ".repeat(LexerLimits.MAX_TEXT + 1);
        assertThatThrownBy(() -> Lexer.lex(text, true)).isInstanceOf(TooComplexException.class);
        assertThatThrownBy(() -> Lexer.requireLength(text.length())).isInstanceOf(TooComplexException.class);
    }

    static Stream<Arguments> ordinary() {
        return Stream.of(
                Arguments.of("IN list", "SELECT a FROM t WHERE a IN (" + "1234567, ".repeat(200_000) + "1)"),
                Arguments.of("long literal", "SELECT '" + "x".repeat(15 << 20) + "'"),
                Arguments.of("VALUES", "INSERT INTO t VALUES (0, 'a')" + ", (1234, 'abc')".repeat(80_000)),
                Arguments.of("depth", "SELECT " + "(".repeat(50_000) + "1" + ")".repeat(50_000)),
                Arguments.of("groups one by one", "SELECT 1" + " + (1)".repeat(100_000)),
                Arguments.of("a script", "SELECT 1;".repeat(50_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ordinary")
    void whatPeopleWriteIsClassified(String name, String text) {
        long before = allocated();
        Classification classification = Classifier.classify(Lexer.lex(text, true), StatementTable.CATALOG);
        assertThat(classification.statements()).isNotEmpty();
        assertThat(allocated() - before).isLessThan(200 * MEGABYTE);
    }

    /** The tables of all statements together are not gathered anew for each of them. */
    @Test
    void manyStatementsTakeNoMoreThanEachOfThem() {
        String text = IntStream.range(0, 20_000)
                .mapToObj(i -> "INSERT INTO t" + i + " VALUES (1)")
                .collect(Collectors.joining(";"));
        List<Token> tokens = Lexer.lex(text, true);
        long before = allocated();
        Classification classification = Classifier.classify(tokens, StatementTable.CATALOG);
        assertThat(classification.effects().tables()).hasSize(20_000);
        assertThat(allocated() - before).isLessThan(300 * MEGABYTE);
    }

    private static long allocated() {
        return THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
