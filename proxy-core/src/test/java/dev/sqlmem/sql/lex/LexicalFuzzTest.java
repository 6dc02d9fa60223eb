package dev.sqlmem.sql.lex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.sql.classify.Classifier;
import dev.sqlmem.sql.classify.StatementTable;
import dev.sqlmem.sql.shape.HeldLiterals;
import dev.sqlmem.sql.shape.LiteralClass;
import dev.sqlmem.sql.shape.Shape;
import dev.sqlmem.sql.shape.ShapeKey;
import dev.sqlmem.sql.shape.ShapeScanner;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random texts: the lexer and the scanner end, throw nothing unexpected, and see the same tokens. */
final class LexicalFuzzTest {

    private static final List<String> PIECES = List.of(
            "select",
            "FROM",
            "a",
            "e",
            "E",
            "x",
            "n",
            "u&",
            "U&",
            "b",
            "'",
            "''",
            "\"",
            "$",
            "$$",
            "$t$",
            "$1",
            "1",
            "12345678901",
            "99999999999999999999",
            ".",
            "..",
            "1e",
            "e5",
            "_",
            "/*",
            "*/",
            "--",
            "\n",
            " ",
            "\t",
            "\\",
            ";",
            "(",
            ")",
            "[",
            "]",
            ",",
            ":",
            "::",
            "+",
            "-",
            "*",
            "/",
            "<",
            ">",
            "=",
            "~",
            "!",
            "@",
            "#",
            "%",
            "^",
            "&",
            "|",
            "`",
            "?",
            "{",
            "\u0001",
            "\u000b",
            "é",
            "😀",
            "\u00a0",
            "uescape",
            "insert into",
            "with",
            "as",
            "join",
            "set",
            "values",
            "union",
            "sqlmem.",
            "update",
            "explain",
            "copy",
            "for",
            "on",
            "distinct");

    private final ShapeScanner scanner = new ShapeScanner();
    private final Shape shape = new Shape();

    @Test
    void lexerAndScannerAgree() {
        Random random = new Random(20_240_601);
        int lexed = 0;
        for (int round = 0; round < 300_000; round++) {
            String text = text(random);
            boolean standard = random.nextInt(4) > 0;
            List<Token> tokens = lex(text, standard);
            scan(text, standard);
            if (tokens == null) {
                assertThat(shape.malformed()).as(text).isTrue();
            } else if (!shape.malformed() && !hasJunkNumber()) {
                lexed++;
                compare(text, tokens);
            }
        }
        assertThat(lexed).isGreaterThan(20_000);
    }

    @Test
    void shapeIsStableUnderItsOwnNormalisation() {
        Random random = new Random(7);
        for (int round = 0; round < 50_000; round++) {
            scan(text(random), true);
            if (shape.malformed() || shape.slots() > 0) {
                continue;
            }
            ShapeKey first = shape.key();
            scan(first.display(), true);
            assertThat(shape.key()).isEqualTo(first);
            assertThat(first.parserText()).isEqualTo(first.display());
        }
    }

    /** A prepared statement keeps its literals before anybody asks whether the text was sound. */
    @Test
    void literalsOfAnyTextCanBeHeld() {
        Random random = new Random(17);
        int unterminated = 0;
        for (int round = 0; round < 50_000; round++) {
            scan(text(random), random.nextBoolean());
            HeldLiterals.of(shape);
            unterminated += shape.malformed() && shape.slots() > 0 ? 1 : 0;
        }
        assertThat(unterminated).isGreaterThan(2_000);
    }

    @Test
    void classifierThrowsNothing() {
        Random random = new Random(11);
        int classified = 0;
        for (int round = 0; round < 100_000; round++) {
            List<Token> tokens = lex(text(random), true);
            if (tokens != null) {
                classified++;
                assertThat(Classifier.classify(tokens, StatementTable.CATALOG).kind())
                        .isNotNull();
            }
        }
        assertThat(classified).isGreaterThan(10_000);
    }

    /** The statements of the table, cut into tokens and shuffled together: structure gone wrong. */
    @Test
    void classifierSurvivesBrokenStatements() {
        Random random = new Random(13);
        List<Token> all = new ArrayList<>();
        StatementTable.load().forEach(expected -> all.addAll(Lexer.lex(expected.sql(), true)));
        for (int round = 0; round < 50_000; round++) {
            List<Token> tokens = new ArrayList<>();
            int from = random.nextInt(all.size() - 40);
            tokens.addAll(all.subList(from, from + random.nextInt(20)));
            from = random.nextInt(all.size() - 40);
            tokens.addAll(all.subList(from, from + random.nextInt(20)));
            assertThat(Classifier.classify(tokens, StatementTable.CATALOG).kind())
                    .isNotNull();
        }
    }

    /** Versions of PostgreSQL differ on these, and so do lexer and scanner; there is no plan for them. */
    private boolean hasJunkNumber() {
        for (int i = 0; i < shape.slots(); i++) {
            if (shape.literalClass(i) == LiteralClass.OTHER) {
                assertThat(shape.plannable()).isFalse();
                return true;
            }
        }
        return false;
    }

    private void compare(String text, List<Token> tokens) {
        StringBuilder expected = new StringBuilder();
        List<String> literals = new ArrayList<>();
        int end = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (i > 0 && token.start() > end) {
                expected.append(' ');
            }
            end = token.end();
            String written = text.substring(token.start(), end);
            if (token.kind() == TokenKind.NUMBER || token.kind().isString()) {
                literals.add(written);
                expected.append('?');
            } else if (token.kind() == TokenKind.IDENT) {
                expected.append(Names.fold(written));
            } else {
                expected.append(written);
            }
        }
        String shown = expected.toString();
        while (shown.endsWith(";") || shown.endsWith(" ")) {
            shown = shown.substring(0, shown.length() - 1);
        }
        List<String> scanned = new ArrayList<>();
        for (int i = 0; i < shape.slots(); i++) {
            scanned.add(shape.literalText(i));
        }
        assertThat(shape.display()).as(text).isEqualTo(shown);
        assertThat(scanned).as(text).isEqualTo(literals);
    }

    private static @Nullable List<Token> lex(String text, boolean standard) {
        try {
            return Lexer.lex(text, standard);
        } catch (LexException expected) {
            return null;
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int pieces = 1 + random.nextInt(12);
        for (int i = 0; i < pieces; i++) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private void scan(String sql, boolean standard) {
        ByteBuf text = Unpooled.copiedBuffer(sql, StandardCharsets.UTF_8);
        scanner.scan(text, 0, text.readableBytes(), standard, shape);
        text.release();
    }
}
