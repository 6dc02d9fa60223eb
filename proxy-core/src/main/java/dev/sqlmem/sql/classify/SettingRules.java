package dev.sqlmem.sql.classify;

import dev.sqlmem.sql.lex.Names;
import dev.sqlmem.sql.lex.Token;
import dev.sqlmem.sql.lex.TokenKind;
import java.util.Set;

/** What may be set in read-only mode, by SET and by set_config() alike. */
final class SettingRules {

    private static final Set<String> READ_ONLY = Set.of("transaction_read_only", "default_transaction_read_only");
    private static final Set<String> ISOLATION = Set.of("transaction_isolation", "default_transaction_isolation");
    private static final Set<String> TRUE = Set.of("on", "true", "1", "yes");

    private SettingRules() {}

    /** Notes that a setting changes to a value, given as {@code single} token or as more of them. */
    static void change(EffectsBuilder draft, String written, Token value, boolean single) {
        // Names of settings ignore case even where quoted.
        String name = Names.fold(written);
        draft.settings.add(name);
        draft.isolation |= ISOLATION.contains(name);
        if (name.equals("session_authorization")) {
            draft.settings.add("role");
        }
        if (READ_ONLY.contains(name) && !(single && isTrue(value))) {
            draft.refuse(Refusal.readOnly("the session must stay read-only"));
        }
    }

    private static boolean isTrue(Token value) {
        boolean constant = value.isName() || value.kind() == TokenKind.STRING || value.kind() == TokenKind.NUMBER;
        return constant && TRUE.contains(Names.fold(value.value()));
    }

    /** Reads the arguments of set_config(), the first of which starts at {@code first}. */
    static void setConfig(TokenCursor phrase, int first, EffectsBuilder draft) {
        draft.valueDependent = true;
        int comma;
        if (phrase.symbol(first + 1, "::") && phrase.word(first + 2, "text")) {
            comma = first + 3;
        } else {
            comma = first + 1;
        }
        if (phrase.token(first).kind() == TokenKind.STRING && phrase.symbol(comma, ",")) {
            boolean single = phrase.symbol(comma + 2, ",") || phrase.symbol(comma + 2, ")");
            change(draft, phrase.value(first), phrase.token(comma + 1), single);
        } else {
            draft.allSettings = true;
            draft.refuse(Refusal.readOnly(
                    "set_config() must name its setting by a plain string constant in read-only mode"));
        }
    }
}
