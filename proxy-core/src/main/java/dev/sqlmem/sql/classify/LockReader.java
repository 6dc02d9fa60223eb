package dev.sqlmem.sql.classify;

import dev.sqlmem.catalog.TableName;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads which tables a statement locks against readers up to the end of its transaction: LOCK, TRUNCATE and the DDL
 * that takes ACCESS EXCLUSIVE (manual, "Explicit Locking").
 */
final class LockReader {
    private static final Set<String> DEFINES = Set.of("alter", "drop");
    private static final Set<String> ATTACHED = Set.of("rule", "policy", "trigger");
    private static final Set<String> NOT_A_NAME = Set.of("if", "exists", "only", "table", "foreign", "concurrently");

    private final TokenCursor phrase;

    LockReader(TokenCursor phrase) {
        this.phrase = phrase;
    }

    /** The tables, by name; empty for statements of other kinds. */
    Set<TableName> read() {
        if (phrase.word(0, "lock")) {
            return lock();
        }
        if (phrase.word(0, "truncate")) {
            return names(1);
        }
        if (phrase.word(0, "cluster") || phrase.words(0, "reindex", "table")) {
            return names(1);
        }
        boolean defines = phrase.wordIn(0, DEFINES);
        if (defines && (phrase.word(1, "table") || phrase.words(1, "foreign", "table"))) {
            return names(2);
        }
        if ((defines || phrase.word(0, "create")) && phrase.wordIn(1, ATTACHED)) {
            return names(phrase.find(2, phrase.size(), "on") + 1);
        }
        return Set.of();
    }

    /** Without a mode it is ACCESS EXCLUSIVE; all others let readers pass. */
    private Set<TableName> lock() {
        int in = phrase.find(1, phrase.size(), "in");
        if (in < phrase.size() && !phrase.words(in, "in", "access", "exclusive")) {
            return Set.of();
        }
        return names(1);
    }

    private Set<TableName> names(int from) {
        Set<TableName> names = new HashSet<>();
        int at = from;
        while (phrase.wordIn(at, NOT_A_NAME)) {
            at++;
        }
        while (phrase.name(at)) {
            QualifiedName name = QualifiedName.at(phrase, at);
            names.add(name.table());
            at = name.last() + 1;
            if (phrase.symbol(at, "*")) {
                at++;
            }
            if (!phrase.symbol(at, ",")) {
                break;
            }
            at++;
            if (phrase.word(at, "only")) {
                at++;
            }
        }
        return names;
    }
}
