package dev.sqlmem.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.TokenMgrException;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.PlainSelect;

/**
 * A SELECT over one table as JSqlParser sees it, with the tokens that it was made from.
 *
 * @param select the syntax tree, with literals in the form {@code ?n}
 * @param from its one table
 * @param literals the lexical classes of the literals
 * @param literalValues their texts
 * @param tokens the tokens of the text that was parsed
 */
record ParsedSelect(
        PlainSelect select, Table from, List<LiteralClass> literals, List<String> literalValues, List<Token> tokens) {

    /** Words to the parser, plain names to PostgreSQL; found by asking for columns of such names. */
    private static final Set<String> PARSER_WORDS = Set.of(
            "day",
            "final",
            "force",
            "hour",
            "import",
            "minute",
            "month",
            "nocycle",
            "number",
            "pivot",
            "sample",
            "second",
            "settings",
            "statement",
            "unpivot",
            "use",
            "uuid",
            "verify",
            "year");

    private static final Set<String> BEFORE_NAMES = Set.of(
            "select",
            "distinct",
            "all",
            "from",
            "where",
            "and",
            "or",
            "not",
            "by",
            "having",
            "as",
            "between",
            "when",
            "then",
            "else",
            "case",
            "in");

    /** Parses the text of a shape, in which {@code ?n} stands for literal n. */
    static ParsedSelect parse(String shape, List<LiteralClass> literals, List<String> literalValues)
            throws NotTranslatable {
        String text = quoted(shape);
        Statement statement;
        try {
            statement = new CCJSqlParser(text).Statement();
        } catch (ParseException | TokenMgrException e) {
            throw new NotTranslatable("a statement that the parser does not know");
        }
        if (!(statement instanceof PlainSelect select)) {
            throw new NotTranslatable("a statement other than a plain SELECT");
        }
        if (select.getWithItemsList() != null || select.getJoins() != null || select.getHaving() != null) {
            throw new NotTranslatable("WITH, JOIN or HAVING");
        }
        if (!(select.getFromItem() instanceof Table from)) {
            throw new NotTranslatable("a FROM other than one table");
        }
        return new ParsedSelect(select, from, literals, literalValues, lex(text));
    }

    /** Quotes names that the parser would take for words, but for types and units of time. */
    private static String quoted(String text) throws NotTranslatable {
        List<Token> tokens = lex(text);
        StringBuilder quoted = new StringBuilder(text);
        for (int i = tokens.size() - 1; i >= 0; i--) {
            Token token = tokens.get(i);
            Token before = tokens.get(Math.max(0, i - 1));
            Token after = tokens.get(Math.min(tokens.size() - 1, i + 1));
            boolean type = before.isSymbol("::") || isValue(before) || isValue(after) || after.isSymbol("(");
            boolean name = i > 0 && !type && mayBegin(before);
            if (token.kind() == TokenKind.IDENT && PARSER_WORDS.contains(token.value()) && name) {
                quoted.insert(token.end(), '"').insert(token.start(), '"');
                quoted.replace(token.start() + 1, token.end() + 1, token.value());
            }
        }
        return quoted.toString();
    }

    /** Whether a name may come after the token; not as a label without AS, which several of these words can't be. */
    private static boolean mayBegin(Token before) {
        return switch (before.kind()) {
            case IDENT -> BEFORE_NAMES.contains(before.value());
            case PUNCTUATION -> !before.isSymbol(")") && !before.isSymbol("]");
            case OPERATOR -> !before.isSymbol("*");
            default -> false;
        };
    }

    private static boolean isValue(Token token) {
        return token.kind() == TokenKind.LITERAL_MARK || token.kind() == TokenKind.PARAM;
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
        } catch (LexException e) {
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
