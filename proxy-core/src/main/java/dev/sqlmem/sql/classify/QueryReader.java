package dev.sqlmem.sql.classify;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows the query blocks of a statement: which user tables they read, and where a block over user
 * tables has a wildcard or a join.
 */
final class QueryReader {

    private static final Set<String> AFTER_FROM = Set.of(
            "where",
            "group",
            "having",
            "window",
            "order",
            "limit",
            "offset",
            "fetch",
            "for",
            "into",
            "union",
            "intersect",
            "except");
    private static final Set<String> SET_OPERATIONS = Set.of("union", "intersect", "except");

    private final TokenCursor phrase;
    private final CatalogNames names;
    private final EffectsBuilder draft;

    QueryReader(TokenCursor phrase, CatalogNames names, EffectsBuilder draft) {
        this.phrase = phrase;
        this.names = names;
        this.draft = draft;
    }

    /** A name that WITH binds, and whether its query reads user tables. */
    record Scope(@Nullable Scope outer, String name, boolean user) {

        static @Nullable Scope find(@Nullable Scope scope, String name) {
            Scope s = scope;
            while (s != null && !s.name.equals(name)) {
                s = s.outer;
            }
            return s;
        }
    }

    /** What is to be known of one SELECT. */
    static final class Block {
        boolean wildcard;
        boolean join;
    }

    /** Reads a query; returns whether it reads a user table in its FROM clauses, directly or indirectly. */
    boolean query(int from, int to, @Nullable Scope outer) {
        Scope scope = outer;
        int at = from;
        if (phrase.word(at, "with")) {
            boolean recursive = phrase.word(at + 1, "recursive");
            if (recursive) {
                at += 2;
            } else {
                at += 1;
            }
            do {
                if (phrase.symbol(at, ",")) {
                    at = at + 1;
                }
                int open = commonTable(at);
                if (open >= to) {
                    nested(at, to, scope, new Block());
                    return true;
                }
                String name = phrase.value(at);
                int close = phrase.close(open);
                Scope inner;
                if (recursive) {
                    inner = new Scope(scope, name, false);
                } else {
                    inner = scope;
                }
                scope = new Scope(scope, name, query(open + 1, close, inner));
                at = searchAndCycle(close + 1, to);
            } while (phrase.symbol(at, ","));
        }
        return branches(at, to, scope);
    }

    /** Returns the index of the parenthesis that opens the common table's query. */
    private int commonTable(int at) {
        int next = at + 1;
        if (phrase.symbol(next, "(")) {
            phrase.notCall(at);
            next = phrase.next(next);
        }
        if (phrase.word(next, "as")) {
            next += 1;
        }
        if (phrase.word(next, "not")) {
            next += 1;
        }
        if (phrase.word(next, "materialized")) {
            next += 1;
        }
        if (phrase.symbol(next, "(")) {
            return next;
        }
        return phrase.size();
    }

    private int searchAndCycle(int from, int to) {
        int at = from;
        if (phrase.word(at, "search")) {
            at = phrase.find(at, to, "set") + 2;
        }
        if (phrase.word(at, "cycle")) {
            at = phrase.find(at, to, "using") + 2;
        }
        return at;
    }

    private boolean branches(int from, int to, @Nullable Scope scope) {
        boolean user = false;
        int start = from;
        for (int i = from; i < to; i = phrase.next(i)) {
            if (phrase.wordIn(i, SET_OPERATIONS) && phrase.clause(i, phrase.value(i))) {
                user |= branch(start, i, scope);
                start = i + 1;
                if (phrase.word(start, "all") || phrase.word(start, "distinct")) {
                    start += 1;
                }
            }
        }
        boolean last = branch(start, to, scope);
        return user || last;
    }

    private boolean branch(int from, int to, @Nullable Scope scope) {
        if (phrase.symbol(from, "(")) {
            int close = Math.min(phrase.close(from), to);
            boolean user = query(from + 1, close, scope);
            nested(close, to, scope, new Block());
            return user;
        }
        if (phrase.word(from, "select")) {
            return select(from, to, scope);
        }
        if (phrase.word(from, "table")) {
            int at = from + (phrase.word(from + 1, "only") ? 2 : 1);
            nested(at, to, scope, new Block());
            boolean user = phrase.name(at) && relation(QualifiedName.at(phrase, at), scope);
            if (user) {
                draft.refuse(Refusal.wildcard("TABLE"));
            }
            return user;
        }
        nested(from, to, scope, new Block());
        return false;
    }

    private boolean select(int from, int to, @Nullable Scope scope) {
        Block block = new Block();
        int list = from + 1;
        if (phrase.word(list, "all")) {
            list++;
        } else if (phrase.word(list, "distinct")) {
            list++;
            if (phrase.word(list, "on")) {
                list = phrase.next(list + 1);
            }
        }
        int fromClause = fromClause(list, to);
        for (int i = list; i < fromClause; i = phrase.next(i)) {
            boolean starts = i == list || phrase.symbol(i - 1, ",");
            block.wildcard |= starts && phrase.symbol(i, "*");
        }
        nested(from + 1, fromClause, scope, block);
        if (fromClause == to) {
            return false;
        }
        int end = fromClause + 1;
        while (end < to && !(phrase.wordIn(end, AFTER_FROM) && phrase.clause(end, phrase.value(end)))) {
            end = phrase.next(end);
        }
        end = Math.min(end, to);
        boolean user = new FromReader(phrase, this, block, scope).items(fromClause + 1, end);
        nested(end, to, scope, block);
        if (user && block.wildcard) {
            draft.refuse(Refusal.wildcard("a wildcard"));
        }
        if (user && block.join) {
            draft.refuse(Refusal.join());
        }
        return user;
    }

    /** Finds FROM; the one of {@code IS DISTINCT FROM} isn't it. */
    private int fromClause(int from, int to) {
        for (int i = from; i < to; i = phrase.next(i)) {
            if (phrase.clause(i, "from") && !phrase.word(i - 1, "distinct")) {
                return i;
            }
        }
        return to;
    }

    /** Whether the relation is a user's; notes the table where it is one. */
    boolean relation(QualifiedName name, @Nullable Scope scope) {
        Scope bound;
        if (name.parts() == 1) {
            bound = Scope.find(scope, name.table().name());
        } else {
            bound = null;
        }
        if (bound != null) {
            return bound.user();
        }
        if (names.contains(name.table())) {
            return false;
        }
        draft.tables.add(name.table());
        return true;
    }

    /** Reads the queries within an expression, and its {@code t.*}. */
    void nested(int from, int to, @Nullable Scope scope, Block block) {
        int at = from;
        while (at < to) {
            if (phrase.symbol(at, "(") && phrase.query(at + 1)) {
                query(at + 1, Math.min(phrase.close(at), to), scope);
                at = phrase.next(at);
            } else {
                block.wildcard |= phrase.symbol(at, ".") && phrase.symbol(at + 1, "*");
                at++;
            }
        }
    }
}
