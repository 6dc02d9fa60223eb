package dev.sqlmem.sql.lex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens as PostgreSQL's scan.l cuts them. */
final class LexerTest {

    @Test
    void namesAreFoldedOrUnescaped() {
        assertThat(lex("SELECT ÀB_c$1 \"A\"\"b\" _x"))
                .isEqualTo("IDENT:select IDENT:Àb_c$1 QUOTED_IDENT:A\"b IDENT:_x");
        assertThat(lex("U&\"d\\0061t\\+000061\" u&\"d!0061t!!\" UESCAPE '!' x"))
                .isEqualTo("QUOTED_IDENT:data QUOTED_IDENT:dat! IDENT:x");
        assertThat(lex("é\u00a0x")).isEqualTo("IDENT:é\u00a0x");
    }

    @Test
    void namesAreCutAt63Bytes() {
        assertThat(lex("a".repeat(70))).isEqualTo("IDENT:" + "a".repeat(63));
        assertThat(lex("\"" + "é".repeat(40) + "\"")).isEqualTo("QUOTED_IDENT:" + "é".repeat(31));
    }

    @Test
    void numbers() {
        assertThat(lex("1 1. .5 1.5 1e5 1.e-5 1..2 1.5.3"))
                .isEqualTo("NUMBER:1 NUMBER:1. NUMBER:.5 NUMBER:1.5 NUMBER:1e5 NUMBER:1.e-5 NUMBER:1 "
                        + "PUNCTUATION:.. NUMBER:2 NUMBER:1.5 NUMBER:.3");
        assertThat(lex("1into 1e 1e+ 0x1F 1_000 $1 $1a a1"))
                .isEqualTo("NUMBER:1 IDENT:into NUMBER:1 IDENT:e NUMBER:1 IDENT:e OPERATOR:+ NUMBER:0 IDENT:x1f "
                        + "NUMBER:1 IDENT:_000 PARAM:$1 PARAM:$1 IDENT:a IDENT:a1");
    }

    @Test
    void strings() {
        assertThat(lex("'it''s' E'a\\'b' b'1' x'f' N'n' U&'u' $$d'$$ $t$ $$ $t$"))
                .isEqualTo("STRING:it's ESCAPE_STRING:a\\'b OTHER_STRING:1 OTHER_STRING:f OTHER_STRING:n "
                        + "OTHER_STRING:u OTHER_STRING:d' OTHER_STRING: $$ ");
        assertThat(lex("'a'\n'b' 'c' 'd' 'e' -- x\n 'f' 'g' /*\n*/ 'h' ae'x'"))
                .isEqualTo("OTHER_STRING:a'\n'b STRING:c STRING:d OTHER_STRING:e' -- x\n 'f STRING:g STRING:h "
                        + "IDENT:ae STRING:x");
        assertThat(tokens(Lexer.lex("'a\\' 'b'", true))).isEqualTo("STRING:a\\ STRING:b");
        assertThat(tokens(Lexer.lex("'a\\'' 'b'", false))).isEqualTo("ESCAPE_STRING:a\\' STRING:b");
    }

    @Test
    void operators() {
        assertThat(lex("a=-1 a<>-1 a@-1 a||b a*-1 a->>'b' a?|b"))
                .isEqualTo("IDENT:a OPERATOR:= OPERATOR:- NUMBER:1 IDENT:a OPERATOR:<> OPERATOR:- NUMBER:1 "
                        + "IDENT:a OPERATOR:@- NUMBER:1 IDENT:a OPERATOR:|| IDENT:b IDENT:a OPERATOR:* OPERATOR:- "
                        + "NUMBER:1 IDENT:a OPERATOR:->> STRING:b IDENT:a OPERATOR:?| IDENT:b");
        assertThat(lex("a+--x\nb */* c */d ~~/**/* - -1"))
                .isEqualTo("IDENT:a OPERATOR:+ IDENT:b OPERATOR:* IDENT:d OPERATOR:~~ OPERATOR:* OPERATOR:- "
                        + "OPERATOR:- NUMBER:1");
        assertThat(lex("a::b a:=1 a[1:2] t.* (a,b);"))
                .isEqualTo("IDENT:a PUNCTUATION::: IDENT:b IDENT:a PUNCTUATION::= NUMBER:1 IDENT:a PUNCTUATION:[ "
                        + "NUMBER:1 PUNCTUATION:: NUMBER:2 PUNCTUATION:] IDENT:t PUNCTUATION:. OPERATOR:* "
                        + "PUNCTUATION:( IDENT:a PUNCTUATION:, IDENT:b PUNCTUATION:) PUNCTUATION:;");
    }

    @Test
    void marksOnlyInParserText() {
        assertThat(tokens(Lexer.lexParserText("a = ?1 or b ? ?2 or -?12 and c=?3")))
                .isEqualTo("IDENT:a OPERATOR:= LITERAL_MARK:?1 IDENT:or IDENT:b OPERATOR:? LITERAL_MARK:?2 IDENT:or "
                        + "OPERATOR:- LITERAL_MARK:?12 IDENT:and IDENT:c OPERATOR:= LITERAL_MARK:?3");
        assertThat(lex("a ?1")).isEqualTo("IDENT:a OPERATOR:? NUMBER:1");
    }

    @Test
    void offsetsCoverTheSource() {
        String sql = "select  \"A\", 'it''s' /* c */ from t";
        assertThat(Lexer.lex(sql, true))
                .extracting(token -> sql.substring(token.start(), token.end()))
                .containsExactly("select", "\"A\"", ",", "'it''s'", "from", "t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'",
                "'a",
                "e'\\'",
                "\"a",
                "/* /* */",
                "$$a",
                "$a$ $b$",
                "$",
                "a \\ b",
                "{",
                "\u0001",
                "u&\"\\00\"",
                "u&\"a\" uescape 'ab'",
                "x'1",
                "'a'\n'b"
            })
    void malformed(String sql) {
        assertThatThrownBy(() -> Lexer.lex(sql, true)).isInstanceOf(LexException.class);
    }

    private static String lex(String sql) {
        return tokens(Lexer.lex(sql, true));
    }

    private static String tokens(List<Token> tokens) {
        return tokens.stream().map(t -> t.kind() + ":" + t.value()).collect(Collectors.joining(" "));
    }
}
