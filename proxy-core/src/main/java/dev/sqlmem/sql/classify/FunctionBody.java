package dev.sqlmem.sql.classify;

import dev.sqlmem.catalog.FunctionSource;
import dev.sqlmem.sql.lex.LexException;
import dev.sqlmem.sql.lex.Lexer;
import dev.sqlmem.sql.lex.Token;
import dev.sqlmem.sql.lex.TokenKind;
import dev.sqlmem.sql.lex.TooComplexException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says of a function whether it can write tables or change settings, by its body's tokens alone. Looks for what could write and
 * takes whatever it cannot read for a write; what it only calls is told by name, to be looked at in turn. What
 * SQL doesn't show (functions behind views, operators and casts) it can't see either.
 */
public final class FunctionBody {
    private static final Set<String> READABLE = Set.of("sql", "plpgsql");

    /** Words with which a body writes, changes settings, runs a text as SQL, or ends its transaction. */
    private static final Set<String> WRITES = Set.of(
            "insert",
            "update",
            "delete",
            "merge",
            "truncate",
            "execute",
            "call",
            "copy",
            "do",
            "create",
            "alter",
            "drop",
            "grant",
            "revoke",
            "refresh",
            "reassign",
            "import",
            "load",
            "security",
            "cluster",
            "prepare",
            "commit",
            "rollback",
            "repack",
            "set",
            "reset",
            "discard");

    /** Extensions whose volatile functions only make values, or change the row that a trigger is about. */
    private static final Set<String> HARMLESS_EXTENSIONS =
            Set.of("uuid-ossp", "pgcrypto", "moddatetime", "insert_username", "autoinc", "pg_trgm", "hstore", "citext");

    private FunctionBody() {}

    /** Returns the names of the functions that it may call; empty where it may write or change settings by itself. */
    public static Optional<Set<String>> calls(FunctionSource function) {
        if (function.kind() != 'f' && function.kind() != 'w') {
            return Optional.empty();
        }
        if (READABLE.contains(function.language())) {
            return read(function);
        }
        boolean native_ = function.language().equals("c") || function.language().equals("internal");
        String extension = function.extension();
        boolean trusted = !function.isVolatile() || (extension != null && HARMLESS_EXTENSIONS.contains(extension));
        if (native_ && trusted && !FunctionNames.hasSideEffects(function.name())) {
            return Optional.of(Set.of());
        }
        return Optional.empty();
    }

    private static Optional<Set<String>> read(FunctionSource function) {
        String body = function.source();
        if (body.isBlank() || body.indexOf('\\') >= 0) { // kept as a tree, or read by a setting's rules
            return Optional.empty();
        }
        List<Token> tokens;
        try {
            tokens = Lexer.lex(body, true);
        } catch (LexException | TooComplexException e) {
            return Optional.empty();
        }
        boolean sql = function.language().equals("sql");
        for (Token token : tokens) {
            boolean word = token.kind() == TokenKind.IDENT;
            if (word && (WRITES.contains(token.value()) || (sql && token.value().equals("into")))) {
                return Optional.empty();
            }
        }
        EffectsBuilder draft = new EffectsBuilder();
        new FunctionReader(new TokenCursor(tokens), draft).read();
        boolean changes = draft.unknownFunctions || draft.allSettings || !draft.settings.isEmpty();
        if (changes) {
            return Optional.empty();
        }
        return Optional.of(Set.copyOf(draft.calls));
    }
}
