package dev.sqlmem.sql.classify;

import dev.sqlmem.sql.lex.Token;
import dev.sqlmem.sql.lex.TokenKind;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** The tokens of one statement with its parentheses matched; indexes outside of it are safe to ask for. */
final class TokenCursor {

    private static final Token NONE = new Token(TokenKind.PUNCTUATION, "", 0, 0);

    private final List<Token> tokens;
    private final int[] match;
    private final int depth;
    /** Names before a parenthesis that call no function: aliases with columns, targets of INSERT. */
    private final BitSet notCalls = new BitSet();

    TokenCursor(List<Token> tokens) {
        this.tokens = tokens;
        this.match = new int[tokens.size()];
        Arrays.fill(match, tokens.size());
        Deque<Integer> open = new ArrayDeque<>();
        int deepest = 0;
        for (int i = 0; i < match.length; i++) {
            if (symbol(i, "(")) {
                open.push(i);
                deepest = Math.max(deepest, open.size());
            } else if (symbol(i, ")") && !open.isEmpty()) {
                match[open.pop()] = i;
            }
        }
        depth = deepest;
    }

    int size() {
        return tokens.size();
    }

    /** How deep parentheses nest. */
    int depth() {
        return depth;
    }

    Token token(int index) {
        if (index >= 0 && index < tokens.size()) {
            return tokens.get(index);
        }
        return NONE;
    }

    String value(int index) {
        return token(index).value();
    }

    boolean word(int index, String word) {
        return token(index).isWord(word);
    }

    boolean words(int index, String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!word(index + i, words[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether this is one of the unquoted words. */
    boolean wordIn(int index, Set<String> words) {
        return token(index).kind() == TokenKind.IDENT && words.contains(value(index));
    }

    boolean symbol(int index, String symbol) {
        return token(index).isSymbol(symbol);
    }

    boolean name(int index) {
        return token(index).isName();
    }

    /** A reserved word counts as a clause's start only where it isn't a label or a field. */
    boolean clause(int index, String word) {
        return word(index, word) && !symbol(index - 1, ".") && !word(index - 1, "as");
    }

    /** Returns the index of the parenthesis that closes this one; {@link #size} where none does. */
    int close(int open) {
        return match[open];
    }

    /** Returns the index of the first such word outside of parentheses, or {@code to}. */
    int find(int from, int to, String word) {
        for (int i = from; i < to; i = next(i)) {
            if (clause(i, word)) {
                return i;
            }
        }
        return to;
    }

    /** Returns the index of the next token on the same level of parentheses. */
    int next(int index) {
        if (symbol(index, "(")) {
            return close(index) + 1;
        }
        return index + 1;
    }

    /** Whether a query may start here. */
    boolean query(int index) {
        return word(index, "select") || word(index, "with") || word(index, "values") || word(index, "table");
    }

    void notCall(int index) {
        notCalls.set(index);
    }

    boolean isNotCall(int index) {
        return notCalls.get(index);
    }
}
