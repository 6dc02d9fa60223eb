package dev.sqlmem.sql.classify;

import dev.sqlmem.sql.classify.QueryReader.Block;
import dev.sqlmem.sql.classify.QueryReader.Scope;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one FROM clause: its relations, derived tables, functions and joins. */
final class FromReader {

    private static final Set<String> NO_ALIAS = Set.of(
            "on",
            "using",
            "join",
            "natural",
            "cross",
            "inner",
            "left",
            "right",
            "full",
            "outer",
            "tablesample",
            "lateral");
    private static final Set<String> GOES_ON_QUERY =
            Set.of("union", "intersect", "except", "order", "limit", "offset", "fetch", "for");

    private final TokenCursor phrase;
    private final QueryReader queries;
    private final Block block;
    private final @Nullable Scope scope;

    FromReader(TokenCursor phrase, QueryReader queries, Block block, @Nullable Scope scope) {
        this.phrase = phrase;
        this.queries = queries;
        this.block = block;
        this.scope = scope;
    }

    /** Returns whether an item reads a user table. */
    boolean items(int from, int to) {
        boolean user = false;
        boolean itemDue = true;
        int at = from;
        while (at < to) {
            if (phrase.symbol(at, ",") || phrase.clause(at, "join")) {
                block.join = true;
                if (!itemDue) {
                    phrase.notCall(at);
                }
                itemDue = true;
                at++;
            } else if (phrase.clause(at, "natural") || phrase.clause(at, "lateral")) {
                block.join = true;
                at++;
            } else if (itemDue && phrase.word(at, "only")) {
                at++;
            } else if (itemDue && phrase.symbol(at, "(")) {
                user |= group(at, Math.min(phrase.close(at), to));
                itemDue = false;
                at = alias(phrase.next(at), to);
            } else if (itemDue && phrase.name(at)) {
                QualifiedName name = QualifiedName.at(phrase, at);
                at = functions(name.last() + 1);
                user |= at == name.last() + 1 && queries.relation(name, scope);
                if (phrase.symbol(at, "*")) {
                    at += 1;
                }
                itemDue = false;
                at = alias(at, to);
            } else {
                int next = Math.min(phrase.next(at), to);
                queries.nested(at, next, scope, block);
                block.wildcard |= phrase.symbol(at, ".") && phrase.symbol(next, "*");
                at = next;
            }
        }
        return user;
    }

    /** Returns the index after a function's arguments, or the index itself where there are none. */
    private int functions(int at) {
        int open;
        if (phrase.word(at - 1, "rows") && phrase.word(at, "from")) {
            open = at + 1;
        } else {
            open = at;
        }
        if (!phrase.symbol(open, "(")) {
            return at;
        }
        int end = phrase.next(open);
        queries.nested(open + 1, end, scope, block);
        return end;
    }

    private boolean group(int open, int close) {
        if (isQuery(open, close)) {
            return queries.query(open + 1, close, scope);
        }
        return items(open + 1, close);
    }

    /** Tells {@code ((SELECT …) UNION …)} from {@code ((SELECT …) a JOIN b …)}. */
    private boolean isQuery(int open, int close) {
        if (!phrase.symbol(open + 1, "(")) {
            return phrase.query(open + 1);
        }
        int after = phrase.next(open + 1);
        boolean goesOn = after >= close || phrase.wordIn(after, GOES_ON_QUERY);
        return goesOn && isQuery(open + 1, Math.min(phrase.close(open + 1), close));
    }

    private int alias(int from, int to) {
        if (from >= to) {
            return from;
        }
        int at = from;
        if (phrase.words(at, "with", "ordinality")) {
            at += 2;
        }
        boolean named = phrase.word(at, "as");
        if (named) {
            at += 1;
        }
        if (phrase.name(at) && !phrase.wordIn(at, NO_ALIAS)) {
            if (phrase.symbol(at + 1, "(")) {
                phrase.notCall(at);
                return phrase.next(at + 1);
            }
            return at + 1;
        }
        if (named && phrase.symbol(at, "(")) {
            return phrase.next(at);
        }
        return at;
    }
}
