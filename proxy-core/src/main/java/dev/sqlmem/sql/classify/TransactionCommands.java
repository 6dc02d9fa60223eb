package dev.sqlmem.sql.classify;

/** BEGIN, COMMIT, SAVEPOINT and their kin. */
final class TransactionCommands {

    private final TokenCursor phrase;
    private final EffectsBuilder draft;

    TransactionCommands(TokenCursor phrase, EffectsBuilder draft) {
        this.phrase = phrase;
        this.draft = draft;
    }

    void begin() {
        draft.kind = StatementKind.TRANSACTION;
        draft.beginsTransaction = true;
        modes(phrase, draft, 1);
    }

    void end() {
        if (phrase.word(1, "prepared")) {
            draft.write("two-phase commit");
            draft.everything = true;
            return;
        }
        draft.kind = StatementKind.TRANSACTION;
        int at;
        if (phrase.word(1, "work") || phrase.word(1, "transaction")) {
            at = 2;
        } else {
            at = 1;
        }
        if (phrase.word(at, "to")) {
            return;
        }
        draft.endsTransaction = true;
        draft.beginsTransaction = phrase.words(at, "and", "chain");
    }

    void prepare() {
        draft.write("PREPARE TRANSACTION");
        draft.everything = true;
        draft.endsTransaction = true;
    }

    static void modes(TokenCursor phrase, EffectsBuilder draft, int from) {
        for (int i = from; i < phrase.size(); i++) {
            draft.isolation |= phrase.word(i, "isolation");
            if (phrase.words(i, "read", "write")) {
                draft.refuse(Refusal.readOnly("READ WRITE is not allowed in read-only mode"));
            }
        }
    }
}
