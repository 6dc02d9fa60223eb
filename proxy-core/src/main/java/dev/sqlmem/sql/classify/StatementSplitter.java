package dev.sqlmem.sql.classify;

import dev.sqlmem.sql.lex.Token;
import java.util.ArrayList;
import java.util.List;

/** Splits a query string's tokens at its semicolons, but for those in parentheses and SQL function bodies. */
final class StatementSplitter {

    private StatementSplitter() {}

    static List<List<Token>> split(List<Token> tokens) {
        List<List<Token>> statements = new ArrayList<>();
        int start = 0;
        int depth = 0;
        int body = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (token.isSymbol("(")) {
                depth++;
            } else if (token.isSymbol(")")) {
                depth = Math.max(0, depth - 1);
            } else if (depth == 0) {
                if (body == 0) {
                    body = bodyStart(tokens, start, i);
                } else {
                    body = body + nesting(tokens, i);
                }
                if (body == 0 && token.isSymbol(";")) {
                    add(statements, tokens.subList(start, i));
                    start = i + 1;
                }
            }
        }
        add(statements, tokens.subList(start, tokens.size()));
        return statements;
    }

    private static void add(List<List<Token>> statements, List<Token> statement) {
        if (!statement.isEmpty()) {
            statements.add(statement);
        }
    }

    private static int bodyStart(List<Token> tokens, int start, int at) {
        boolean atomic = at > start
                && tokens.get(at).isWord("atomic")
                && tokens.get(at - 1).isWord("begin");
        if (atomic && createsRoutine(tokens, start)) {
            return 1;
        }
        return 0;
    }

    private static boolean createsRoutine(List<Token> tokens, int start) {
        if (!tokens.get(start).isWord("create")) {
            return false;
        }
        for (int i = start + 1; i < Math.min(start + 4, tokens.size()); i++) {
            if (tokens.get(i).isWord("function") || tokens.get(i).isWord("procedure")) {
                return true;
            }
        }
        return false;
    }

    private static int nesting(List<Token> tokens, int at) {
        Token previous = tokens.get(at - 1);
        if (previous.isSymbol(".") || previous.isWord("as")) {
            return 0;
        }
        if (tokens.get(at).isWord("case")) {
            return 1;
        }
        if (tokens.get(at).isWord("end")) {
            return -1;
        }
        return 0;
    }
}
