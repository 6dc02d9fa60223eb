package dev.sqlmem.sql.classify;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a query string, which may hold several statements, is and does.
 *
 * @param kind the one kind of its statements, or the gravest of them (WRITE before LOCAL, TRANSACTION,
 *     SET, READ, SELECT)
 * @param refusal why read-only mode refuses the whole string, or null where it doesn't
 * @param effects the effects of all statements together
 * @param statements each statement's own classification, empty ones left out
 */
public record Classification(
        StatementKind kind, @Nullable Refusal refusal, Effects effects, List<StatementClass> statements) {

    public Classification {
        statements = List.copyOf(statements);
    }

    /** Whether the string holds more than one statement. */
    public boolean multi() {
        return statements.size() > 1;
    }

    /** Whether it can run functions that its text doesn't show. */
    public boolean runsUnseen() {
        boolean unreadable = statements.isEmpty() && kind != StatementKind.EMPTY;
        return unreadable || statements.stream().anyMatch(StatementClass::runsUnseen);
    }

    /** Whether a transaction can end in it, and something that follows can run in another one. */
    public boolean goesOnAfterEnd() {
        return goesOnAfterEnd(statements, true);
    }

    /** The same; {@code unseen} says whether something unseen has run before. */
    static boolean goesOnAfterEnd(List<StatementClass> statements, boolean unseen) {
        boolean run = unseen;
        boolean ended = false;
        for (StatementClass statement : statements) {
            Effects effects = statement.effects();
            if (ended && (statement.runsUnseen() || effects.beginsTransaction())) {
                return true;
            }
            run |= statement.runsUnseen();
            ended |= run && effects.endsTransaction();
        }
        return false;
    }
}
