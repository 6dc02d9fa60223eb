package dev.sqlmem.translate;

import dev.sqlmem.sql.lex.Token;
import dev.sqlmem.sql.lex.TokenKind;
import dev.sqlmem.sql.shape.LiteralClass;
import dev.sqlmem.translate.type.NotTranslatable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The text that JSqlParser is given: a shape in which the literals stand as {@code ?n}, and what the
 * parser does not know is spelt in another way that means the same.
 */
final class ParserText {
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
            "short",
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

    /** Types whose name before a string makes it a typed literal. */
    private static final Set<String> LITERAL_TYPES = Set.of(
            "bool",
            "boolean",
            "date",
            "time",
            "timestamp",
            "timestamptz",
            "interval",
            "uuid",
            "numeric",
            "text",
            "int",
            "int2",
            "int4",
            "int8");

    private static final Set<String> INTERVAL_FIELDS = Set.of("year", "month", "day", "hour", "minute", "second");

    private static final Set<String> MODIFIED_TYPES =
            Set.of("numeric", "decimal", "dec", "varchar", "char", "character", "varying");

    private final List<LiteralClass> literals;
    private final List<String> literalValues;
    private final List<Token> tokens;
    private final StringBuilder text;
    private final Set<Integer> modifiers = new HashSet<>();
    private final Map<Integer, String> fields = new HashMap<>();

    private ParserText(String shape, List<LiteralClass> literals, List<String> literalValues) throws NotTranslatable {
        this.literals = literals;
        this.literalValues = literalValues;
        this.tokens = ParsedSelect.lex(shape);
        this.text = new StringBuilder(shape);
    }

    /**
     * A text and the literals whose values have become part of it.
     *
     * @param text for the parser
     * @param modifiers slots of literals that stand in types
     * @param fields the fields of interval literals that have one behind them, by slot
     */
    record Rewritten(String text, Set<Integer> modifiers, Map<Integer, String> fields) {}

    static Rewritten of(String shape, List<LiteralClass> literals, List<String> literalValues) throws NotTranslatable {
        ParserText text = new ParserText(shape, literals, literalValues);
        return new Rewritten(text.rewritten(), text.modifiers, text.fields);
    }

    private String rewritten() {
        for (int i = tokens.size() - 1; i >= 0; i--) {
            Token token = tokens.get(i);
            if (token.kind() == TokenKind.LITERAL_MARK && isModifier(i)) {
                text.replace(token.start(), token.end(), literalValues.get(slot(token)));
                modifiers.add(slot(token));
            } else if (token.kind() == TokenKind.IDENT && isLiteralType(i)) {
                // The same typed constant to the server, by its grammar.
                text.replace(tokens.get(i + 1).end(), endOfConstant(i + 1), " AS " + token.value() + ")");
                text.replace(token.start(), token.end(), "CAST(");
            } else if (token.kind() == TokenKind.IDENT && PARSER_WORDS.contains(token.value()) && isName(i)) {
                text.replace(token.start(), token.end(), '"' + token.value() + '"');
            }
        }
        return text.toString();
    }

    /** Where a typed constant ends; an interval's with the field behind it, of which a note is taken. */
    private int endOfConstant(int mark) {
        Token field = at(mark + 1);
        boolean isField = tokens.get(mark - 1).isWord("interval")
                && mark + 1 < tokens.size()
                && field.kind() == TokenKind.IDENT
                && INTERVAL_FIELDS.contains(field.value());
        if (!isField) {
            return tokens.get(mark).end();
        }
        fields.put(slot(tokens.get(mark)), field.value());
        return field.end();
    }

    private Token at(int index) {
        return tokens.get(Math.max(0, Math.min(tokens.size() - 1, index)));
    }

    private static int slot(Token mark) {
        return Integer.parseInt(mark.value().substring(1)) - 1;
    }

    /** Whether the literal is an argument of a type: {@code numeric(10, 2)}. */
    private boolean isModifier(int mark) {
        if (literals.get(slot(tokens.get(mark))) != LiteralClass.INT4) {
            return false;
        }
        int open;
        if (at(mark - 1).isSymbol(",") && at(mark - 2).kind() == TokenKind.LITERAL_MARK) {
            open = mark - 3;
        } else {
            open = mark - 1;
        }
        int type = open - 1;
        return at(open).isSymbol("(")
                && at(type).kind() == TokenKind.IDENT
                && MODIFIED_TYPES.contains(at(type).value())
                && (at(type - 1).isSymbol("::") || at(type - 1).isWord("as") || at(type).isWord("varying"));
    }

    private boolean isLiteralType(int type) {
        Token mark = at(type + 1);
        return mark.kind() == TokenKind.LITERAL_MARK
                && literals.get(slot(mark)) == LiteralClass.STRING
                && LITERAL_TYPES.contains(tokens.get(type).value())
                && !at(type - 1).isSymbol("::")
                && !at(type - 1).isSymbol(".")
                && !at(type - 1).isWord("as")
                && !isRange(type + 2);
    }

    /** Whether an interval's field is there with another one, or with a precision. */
    private boolean isRange(int field) {
        return INTERVAL_FIELDS.contains(at(field).value())
                && (at(field + 1).isWord("to") || at(field + 1).isSymbol("("));
    }

    /** Whether the word is a name; not a type or a unit of time, nor a label without AS, which several of these can't be. */
    private boolean isName(int index) {
        boolean type = at(index - 1).isSymbol("::")
                || isValue(at(index - 1))
                || isValue(at(index + 1))
                || at(index + 1).isSymbol("(")
                || (at(index - 1).isWord("as") && at(index + 1).isSymbol(")"))
                || (at(index - 1).isSymbol("(") && at(index - 2).isWord("extract"));
        return index > 0 && !type && mayBegin(tokens.get(index - 1));
    }

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
}
