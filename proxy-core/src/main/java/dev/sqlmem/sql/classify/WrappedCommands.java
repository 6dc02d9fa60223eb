package dev.sqlmem.sql.classify;

import dev.sqlmem.sql.lex.Names;
import java.util.Set;

/** EXPLAIN, PREPARE, DECLARE and COPY, which hold another statement. */
final class WrappedCommands {

    private static final Set<String> ANALYZE = Set.of("analyze", "analyse");
    private static final Set<String> EXPLAIN_WORDS = Set.of("analyze", "analyse", "verbose");
    private static final Set<String> CLIENT = Set.of("stdin", "stdout");

    private final TokenCursor phrase;
    private final CatalogNames names;
    private final EffectsBuilder draft;
    private final Inner inner;

    /** Classifies the statement in a range into the same effects; returns false where it is a write. */
    interface Inner {
        boolean read(int from, int to);
    }

    WrappedCommands(TokenCursor phrase, CatalogNames names, EffectsBuilder draft, Inner inner) {
        this.phrase = phrase;
        this.names = names;
        this.draft = draft;
        this.inner = inner;
    }

    void read(String command) {
        switch (command) {
            case "explain" -> explain();
            case "prepare" -> prepare();
            case "declare" -> declare();
            default -> copy();
        }
    }

    private void explain() {
        int at = 1;
        boolean analyze = false;
        if (phrase.symbol(1, "(") && !phrase.query(2) && !phrase.symbol(2, "(")) {
            at = phrase.next(1);
            for (int i = 2; i < at; i++) {
                analyze |= ANALYZE.contains(Names.fold(phrase.value(i)));
            }
        } else {
            while (phrase.wordIn(at, EXPLAIN_WORDS)) {
                analyze |= phrase.wordIn(at, ANALYZE);
                at++;
            }
        }
        boolean reads = inner.read(at, phrase.size());
        if (reads) {
            draft.kind = StatementKind.READ;
        } else if (!analyze) {
            draft.kind = StatementKind.READ;
            draft.forgive();
            draft.tables.clear();
            draft.everything = false;
            draft.createsTemp = false;
            draft.allSettings = false;
        }
    }

    private void prepare() {
        int as = 2;
        while (as < phrase.size() && !phrase.word(as, "as")) {
            as = phrase.next(as);
        }
        phrase.notCall(1);
        hold(as + 1);
        draft.preparesSql = true;
    }

    private void declare() {
        hold(phrase.find(2, phrase.size(), "for") + 1);
    }

    private void hold(int from) {
        if (inner.read(from, phrase.size())) {
            draft.kind = StatementKind.READ;
        }
    }

    private void copy() {
        int at;
        if (phrase.word(1, "binary") && phrase.name(2)) {
            at = 2;
        } else {
            at = 1;
        }
        boolean query = phrase.symbol(at, "(");
        if (query) {
            int close = phrase.close(at);
            inner.read(at + 1, close);
            at = close + 1;
        } else if (phrase.name(at)) {
            QualifiedName name = QualifiedName.at(phrase, at);
            if (!names.contains(name.table())) {
                draft.tables.add(name.table());
            }
            phrase.notCall(name.last());
            at = phrase.next(name.last());
            if (phrase.symbol(at, "(")) {
                at = phrase.next(at);
            }
        }
        boolean client = phrase.wordIn(at + 1, CLIENT);
        if (phrase.word(at, "to") && client) {
            draft.copyOut = true;
            if (query && draft.kind == StatementKind.WRITE) {
                draft.kind = StatementKind.WRITE;
            } else {
                draft.kind = StatementKind.READ;
            }
        } else if (phrase.word(at, "to")) {
            draft.write("COPY TO a file or program");
        } else {
            draft.copyIn = client;
            draft.write("COPY FROM");
        }
    }
}
