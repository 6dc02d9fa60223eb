package dev.sqlmem.sql.classify;

import dev.sqlmem.sql.lex.Token;
import dev.sqlmem.sql.lex.TokenKind;
import java.util.Locale;
import java.util.Set;

/**
 * Looks through a whole statement, whatever its structure, for INSERT, UPDATE, DELETE, MERGE, SELECT
 * INTO and row locks. These words aren't all reserved, so a column of such a name can be taken for a
 * write; never the other way round.
 */
final class WriteReader {

    private static final Set<String> NOT_BEFORE_STATEMENT = Set.of("select", "distinct", "all", "for", "do", "then");

    private final TokenCursor phrase;
    private final CatalogNames names;
    private final EffectsBuilder draft;

    WriteReader(TokenCursor phrase, CatalogNames names, EffectsBuilder draft) {
        this.phrase = phrase;
        this.names = names;
        this.draft = draft;
    }

    void read(int from, int to) {
        for (int i = from; i < to; i++) {
            if (phrase.token(i).kind() == TokenKind.IDENT && !phrase.symbol(i - 1, ".")) {
                word(i, to);
            }
        }
    }

    private void word(int at, int to) {
        switch (phrase.value(at)) {
            case "insert" -> into(at, "INSERT");
            case "merge" -> into(at, "MERGE");
            case "delete" -> {
                if (phrase.word(at + 1, "from") && startsStatement(at)) {
                    target(at + 2, "DELETE");
                }
            }
            case "update" -> {
                if (startsStatement(at) && hasSet(at + 1, to)) {
                    target(at + 1, "UPDATE");
                }
            }
            case "into" -> selectInto(at);
            case "for" -> lock(at);
            default -> {}
        }
    }

    private boolean startsStatement(int at) {
        Token previous = phrase.token(at - 1);
        return previous.kind() != TokenKind.OPERATOR
                && !phrase.words(at - 3, "for", "no", "key")
                && !previous.isSymbol(",")
                && !phrase.wordIn(at - 1, NOT_BEFORE_STATEMENT);
    }

    private boolean hasSet(int from, int to) {
        if (!phrase.name(from)) {
            return false;
        }
        int set = phrase.find(from + 1, to, "set");
        return set < to;
    }

    private void into(int at, String command) {
        if (phrase.word(at + 1, "into")) {
            target(at + 2, command);
        }
    }

    private void target(int from, String command) {
        int at;
        if (phrase.word(from, "only")) {
            at = from + 1;
        } else {
            at = from;
        }
        if (phrase.symbol(at, "(")) {
            at += 1;
        }
        draft.write(command);
        if (!phrase.name(at)) {
            draft.everything = true;
            return;
        }
        QualifiedName name = QualifiedName.at(phrase, at);
        phrase.notCall(name.last());
        if (!names.contains(name.table())) {
            draft.tables.add(name.table());
        } else {
            // UPDATE pg_settings is SET by another name; other catalogs hold anything.
            draft.allSettings = true;
            draft.everything = true;
        }
    }

    private void selectInto(int at) {
        boolean target = phrase.word(at - 1, "insert") || phrase.word(at - 1, "merge");
        if (!target && !phrase.word(at - 1, "as")) {
            draft.write("SELECT INTO");
            draft.everything = true;
            draft.createsTemp |= phrase.word(at + 1, "temp")
                    || phrase.word(at + 1, "temporary")
                    || phrase.word(at + 1, "local")
                    || phrase.word(at + 1, "global")
                    || phrase.value(at + 1).startsWith("pg_temp");
        }
    }

    private void lock(int at) {
        boolean locks = phrase.word(at + 1, "update")
                || phrase.word(at + 1, "share")
                || phrase.words(at + 1, "no", "key")
                || phrase.words(at + 1, "key", "share");
        if (locks && !phrase.word(at - 1, "as")) {
            draft.touch("SELECT ... FOR " + phrase.value(at + 1).toUpperCase(Locale.ROOT));
        }
    }
}
