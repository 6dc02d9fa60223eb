package dev.sqlmem.sql.classify;

/** SET, RESET and DISCARD. */
final class SettingCommands {

    private final TokenCursor phrase;
    private final EffectsBuilder draft;

    SettingCommands(TokenCursor phrase, EffectsBuilder draft) {
        this.phrase = phrase;
        this.draft = draft;
    }

    void set() {
        draft.kind = StatementKind.SET;
        draft.valueDependent = true;
        int at = 1;
        boolean scope = phrase.word(at, "local") || phrase.word(at, "session");
        if (scope && !isAssigned(at)) {
            at++;
        }
        if (isAssigned(at)) {
            assign(at);
            return;
        }
        switch (phrase.value(at)) {
            case "transaction" -> {
                draft.kind = StatementKind.TRANSACTION;
                TransactionCommands.modes(phrase, draft, at);
                draft.isolation = true;
            }
            case "characteristics" -> {
                TransactionCommands.modes(phrase, draft, at);
                draft.isolation = true;
                draft.settings.add("default_transaction_isolation");
                draft.settings.add("default_transaction_read_only");
                draft.settings.add("default_transaction_deferrable");
            }
            case "authorization" -> {
                draft.settings.add("session_authorization");
                draft.settings.add("role");
            }
            case "time" -> draft.settings.add("timezone");
            case "names" -> draft.settings.add("client_encoding");
            case "schema" -> draft.settings.add("search_path");
            case "role" -> draft.settings.add("role");
            case "xml" -> draft.settings.add("xmloption");
            case "seed", "constraints" -> {}
            default -> draft.allSettings = true;
        }
    }

    private boolean isAssigned(int at) {
        int after;
        if (phrase.name(at)) {
            after = QualifiedName.at(phrase, at).last() + 1;
        } else {
            after = at;
        }
        return phrase.symbol(after, "=") || phrase.word(after, "to") || phrase.words(after, "from", "current");
    }

    private void assign(int at) {
        int end = QualifiedName.at(phrase, at).last() + 1;
        SettingRules.change(draft, name(at, end), phrase.token(end + 1), phrase.size() == end + 2);
    }

    private String name(int from, int to) {
        StringBuilder name = new StringBuilder();
        for (int i = from; i < to; i++) {
            name.append(phrase.value(i));
        }
        return name.toString();
    }

    void reset() {
        draft.kind = StatementKind.SET;
        if (phrase.word(1, "all") || !phrase.name(1)) {
            draft.allSettings = true;
        } else if (phrase.words(1, "session", "authorization")) {
            draft.settings.add("session_authorization");
            draft.settings.add("role");
        } else if (phrase.words(1, "time", "zone")) {
            draft.settings.add("timezone");
        } else if (phrase.words(1, "transaction", "isolation")) {
            draft.isolation = true;
        } else {
            int end = QualifiedName.at(phrase, 1).last() + 1;
            SettingRules.change(draft, name(1, end), phrase.token(end), false);
        }
    }

    void discard() {
        draft.kind = StatementKind.READ;
        if (phrase.word(1, "all")) {
            draft.allSettings = true;
            draft.preparesSql = true;
        }
    }
}
