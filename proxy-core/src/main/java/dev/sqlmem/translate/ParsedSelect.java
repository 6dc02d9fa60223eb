package dev.sqlmem.translate;

import dev.sqlmem.sql.lex.LexException;
import dev.sqlmem.sql.lex.Lexer;
import dev.sqlmem.sql.lex.Token;
import dev.sqlmem.sql.lex.TooComplexException;
import dev.sqlmem.sql.shape.LiteralClass;
import dev.sqlmem.translate.type.NotTranslatable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.TokenMgrException;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.Select;

/**
 * A query as JSqlParser sees it, with the tokens that it was made from.
 *
 * @param select the syntax tree, with literals in the form {@code ?n}
 * @param literals the lexical classes of the literals
 * @param literalValues their texts
 * @param tokens the tokens of the text that was parsed
 * @param modifiers slots of literals that stand in types, on whose values the translation depends
 * @param intervalFields the fields of interval literals that have one behind them, by slot
 */
record ParsedSelect(
        Select select,
        List<LiteralClass> literals,
        List<String> literalValues,
        List<Token> tokens,
        Set<Integer> modifiers,
        Map<Integer, String> intervalFields) {

    /** The parser's time grows with the square of the depth; at this one it is two milliseconds. */
    private static final int MOST_PARENTHESES = 60;

    /** Parses the text of a shape, in which {@code ?n} stands for literal n. */
    static ParsedSelect parse(String shape, List<LiteralClass> literals, List<String> literalValues)
            throws NotTranslatable {
        ParserText.Rewritten rewritten = ParserText.of(shape, literals, literalValues);
        String text = rewritten.text();
        requireShallow(text);
        Statement statement;
        try {
            statement = new CCJSqlParser(text).Statement();
        } catch (ParseException | TokenMgrException e) {
            throw new NotTranslatable("a statement that the parser does not know");
        }
        if (!(statement instanceof Select select)) {
            throw new NotTranslatable("a statement other than a SELECT");
        }
        return new ParsedSelect(select, literals, literalValues, lex(text), rewritten.modifiers(), rewritten.fields());
    }

    private static void requireShallow(String text) throws NotTranslatable {
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '(') {
                depth += 1;
            } else if (c == ')') {
                depth += -1;
            }
            if (depth > MOST_PARENTHESES) {
                throw new NotTranslatable("parentheses that are nested too deeply");
            }
        }
    }

    /** Whether OFFSET stands before LIMIT, which the parser does not keep. */
    boolean isOffsetFirst() {
        int depth = 0;
        for (Token token : tokens) {
            if (token.isSymbol("(")) {
                depth += 1;
            } else if (token.isSymbol(")")) {
                depth += -1;
            }
            if (depth == 0 && (token.isWord("limit") || token.isWord("offset"))) {
                return token.isWord("offset");
            }
        }
        return false;
    }

    /** Refuses the statement unless {@code source} has exactly its tokens. */
    void mustEqual(String source) throws NotTranslatable {
        List<String> understood = texts(lex(source));
        if (!understood.equals(texts(tokens))) {
            throw new NotTranslatable("a construct that the translator does not know");
        }
    }

    static List<Token> lex(String text) throws NotTranslatable {
        try {
            return Lexer.lexParserText(text);
        } catch (LexException | TooComplexException e) {
            throw new NotTranslatable("a statement that the lexer does not know");
        }
    }

    private static List<String> texts(List<Token> tokens) {
        List<String> texts = new ArrayList<>(tokens.size());
        for (Token token : tokens) {
            texts.add(token.kind() + " " + token.value());
        }
        return texts;
    }
}
