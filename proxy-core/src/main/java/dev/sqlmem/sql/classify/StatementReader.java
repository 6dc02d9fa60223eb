package dev.sqlmem.sql.classify;

import dev.sqlmem.sql.lex.Token;
import dev.sqlmem.sql.lex.TokenKind;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Classifies one statement by its leading word; what it doesn't know is a write. */
final class StatementReader {

    private static final int MAX_DEPTH = 500;
    private static final Set<String> TWO_WORDS =
            Set.of("create", "alter", "drop", "security", "import", "reassign", "refresh", "start");
    /** What else begins a statement that some PostgreSQL version knows. */
    private static final Set<String> OTHER_COMMANDS = Set.of(
            "alter",
            "analyse",
            "analyze",
            "call",
            "checkpoint",
            "cluster",
            "comment",
            "create",
            "do",
            "drop",
            "grant",
            "import",
            "load",
            "reassign",
            "refresh",
            "reindex",
            "repack",
            "revoke",
            "security",
            "vacuum",
            "wait",
            "prepare",
            "start");

    private static final Set<String> CHANGE_NO_ROWS =
            Set.of("vacuum", "analyze", "analyse", "checkpoint", "comment", "reindex");

    private final TokenCursor phrase;
    private final CatalogNames names;
    private final EffectsBuilder draft = new EffectsBuilder();

    private StatementReader(TokenCursor phrase, CatalogNames names) {
        this.phrase = phrase;
        this.names = names;
    }

    static StatementClass read(List<Token> statement, CatalogNames names) {
        TokenCursor phrase = new TokenCursor(statement);
        return new StatementReader(phrase, names).read();
    }

    private StatementClass read() {
        if (isLocal()) {
            draft.kind = StatementKind.LOCAL;
        } else if (phrase.depth() > MAX_DEPTH) {
            draft.everything = true;
            draft.unknownFunctions = true;
            draft.refuse(Refusal.unsupported("the statement nests too deeply", "Use fewer parentheses."));
        } else {
            command();
            new FunctionReader(phrase, draft).read();
            if (draft.kind == StatementKind.SELECT && (draft.allSettings || !draft.settings.isEmpty())) {
                draft.kind = StatementKind.READ;
            }
        }
        return new StatementClass(draft.kind, commandName(), draft.refusal(), draft.effects());
    }

    private boolean isLocal() {
        for (int i = 0; i + 2 < phrase.size(); i++) {
            boolean schema = phrase.name(i) && phrase.value(i).equals("sqlmem") && !phrase.symbol(i - 1, ".");
            if (schema && phrase.symbol(i + 1, ".") && phrase.name(i + 2)) {
                return true;
            }
        }
        return false;
    }

    private String commandName() {
        String first = phrase.value(0).toUpperCase(Locale.ROOT);
        if (phrase.token(0).kind() != TokenKind.IDENT) {
            if (first.equals("(")) {
                return "SELECT";
            }
            return "this statement";
        }
        boolean two = TWO_WORDS.contains(phrase.value(0)) && phrase.token(1).kind() == TokenKind.IDENT;
        if (two) {
            return first + " " + phrase.value(1).toUpperCase(Locale.ROOT);
        }
        return first;
    }

    private void command() {
        Token first = phrase.token(0);
        if (first.isSymbol("(") || phrase.query(0)) {
            query(0, phrase.size());
            return;
        }
        if (first.kind() != TokenKind.IDENT) {
            other();
            return;
        }
        switch (first.value()) {
            case "show", "lock", "move", "fetch", "close", "listen", "unlisten", "notify", "deallocate", "execute" ->
                reading(first.value());
            case "explain", "prepare", "declare", "copy" -> wrapped(first.value());
            case "set" -> new SettingCommands(phrase, draft).set();
            case "reset" -> new SettingCommands(phrase, draft).reset();
            case "discard" -> new SettingCommands(phrase, draft).discard();
            case "begin" -> new TransactionCommands(phrase, draft).begin();
            case "commit", "end", "rollback", "abort" -> new TransactionCommands(phrase, draft).end();
            case "savepoint", "release" -> draft.kind = StatementKind.TRANSACTION;
            case "insert", "update", "delete", "merge" -> change();
            case "truncate" -> truncate();
            case "start" -> start();
            default -> other();
        }
    }

    private void start() {
        if (phrase.word(1, "transaction")) {
            new TransactionCommands(phrase, draft).begin();
        } else {
            other();
        }
    }

    private void wrapped(String command) {
        if (command.equals("prepare") && phrase.word(1, "transaction") && !phrase.word(2, "as")) {
            new TransactionCommands(phrase, draft).prepare();
            return;
        }
        new WrappedCommands(phrase, names, draft, this::statement).read(command);
    }

    /** Classifies the statement that another one holds; returns false where that is a write. */
    private boolean statement(int from, int to) {
        if (phrase.symbol(from, "(") || phrase.query(from)) {
            query(from, to);
        } else if (phrase.word(from, "execute")) {
            reading("execute");
        } else {
            draft.write(phrase.value(from).toUpperCase(Locale.ROOT));
            draft.everything = !phrase.wordIn(from, Set.of("insert", "update", "delete", "merge"));
            new WriteReader(phrase, names, draft).read(from, to);
            new QueryReader(phrase, names, new EffectsBuilder()).query(from, to, null);
        }
        return draft.kind != StatementKind.WRITE;
    }

    private void query(int from, int to) {
        draft.kind = StatementKind.SELECT;
        EffectsBuilder reads = new EffectsBuilder();
        new QueryReader(phrase, names, reads).query(from, to, null);
        new WriteReader(phrase, names, draft).read(from, to);
        if (draft.kind == StatementKind.SELECT) {
            draft.tables.addAll(reads.tables);
            Refusal unsupported = reads.refusal();
            if (unsupported != null) {
                draft.refuse(unsupported);
            }
        }
    }

    private void reading(String command) {
        draft.kind = StatementKind.READ;
        draft.preparesSql = command.equals("deallocate");
        // What a cursor or a prepared statement runs isn't in this text.
        draft.unknownFunctions = command.equals("execute");
        draft.runsPortal = command.equals("fetch") || command.equals("move");
        draft.everything = command.equals("execute");
    }

    private void change() {
        draft.write(commandName());
        new WriteReader(phrase, names, draft).read(0, phrase.size());
        new QueryReader(phrase, names, new EffectsBuilder()).query(0, phrase.size(), null);
    }

    private void truncate() {
        draft.write("TRUNCATE");
        draft.everything = phrase.find(1, phrase.size(), "cascade") < phrase.size();
        int at;
        if (phrase.word(1, "table")) {
            at = 2;
        } else {
            at = 1;
        }
        do {
            if (phrase.symbol(at, ",")) {
                at = at + 1;
            }
            if (phrase.word(at, "only")) {
                at += 1;
            }
            if (!phrase.name(at)) {
                draft.everything = true;
                return;
            }
            QualifiedName name = QualifiedName.at(phrase, at);
            draft.tables.add(name.table());
            at = name.last() + (phrase.symbol(name.last() + 1, "*") ? 2 : 1);
        } while (phrase.symbol(at, ","));
    }

    /** No server knows this word: it says so itself. Should one yet, its session is read-only in any case. */
    private void unknown() {
        draft.kind = StatementKind.READ;
        draft.everything = true;
        draft.unknownFunctions = true;
    }

    private void other() {
        if (!phrase.wordIn(0, OTHER_COMMANDS)) {
            unknown();
            return;
        }
        draft.write(commandName());
        draft.everything = !phrase.wordIn(0, CHANGE_NO_ROWS);
        draft.unknownFunctions = draft.everything;
        for (int i = 1; i < phrase.size(); i++) {
            draft.createsTemp |= phrase.word(i, "temp")
                    || phrase.word(i, "temporary")
                    || (phrase.name(i) && phrase.value(i).startsWith("pg_temp"));
        }
    }
}
