package dev.sqlmem.sql.classify;

import dev.sqlmem.sql.lex.Token;
import dev.sqlmem.sql.lex.TooComplexException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says from its tokens alone what a query string is: the wall in front of read-only mode.
 *
 * <p>Doesn't parse, and so doesn't trust a parser: it looks for what could write and takes whatever it
 * doesn't know for a write. What a text doesn't show (functions behind views, operators, casts, rules
 * and triggers) it can't see; there the upstream's own read-only transaction is the wall, and so a
 * string must not go on in another transaction after something that could have changed that. Stateless;
 * threads may share it.
 */
public final class Classifier {

    private Classifier() {}

    /**
     * Classifies a query string.
     *
     * @param tokens the string's tokens, literals included
     * @param names the server's own relations
     */
    public static Classification classify(List<Token> tokens, CatalogNames names) {
        List<StatementClass> statements = new ArrayList<>();
        for (List<Token> statement : StatementSplitter.split(tokens)) {
            statements.add(StatementReader.read(statement, names));
        }
        StatementKind kind = StatementKind.EMPTY;
        for (StatementClass statement : statements) {
            if (kind.compareTo(statement.kind()) < 0) {
                kind = statement.kind();
            }
        }
        return new Classification(kind, refusal(statements), effects(statements), statements);
    }

    /**
     * Classifies a query string whose tokens nobody has seen: read-only mode refuses it, and it may write, set, begin
     * and end anything.
     */
    public static Classification tooComplex(TooComplexException why) {
        EffectsBuilder draft = new EffectsBuilder();
        draft.refuse(Refusal.tooComplex(String.valueOf(why.getMessage())));
        draft.everything = true;
        draft.unknownFunctions = true;
        draft.runsPortal = true;
        draft.allSettings = true;
        draft.beginsTransaction = true;
        draft.endsTransaction = true;
        draft.isolation = true;
        draft.createsTemp = true;
        draft.preparesSql = true;
        return new Classification(StatementKind.WRITE, draft.refusal(), draft.effects(), List.of());
    }

    /** Halves, so that the time does not grow with the square of the number of statements. */
    private static Effects effects(List<StatementClass> statements) {
        int size = statements.size();
        if (size == 0) {
            return Effects.NONE;
        }
        if (size == 1) {
            return statements.get(0).effects();
        }
        return effects(statements.subList(0, size / 2)).and(effects(statements.subList(size / 2, size)));
    }

    private static @Nullable Refusal refusal(List<StatementClass> statements) {
        Refusal first = null;
        for (StatementClass statement : statements) {
            Refusal own = statement.refusal();
            if (own != null && (first == null || (own.isReadOnly() && !first.isReadOnly()))) {
                first = own;
            }
        }
        if (first != null) {
            return first;
        }
        return combination(statements);
    }

    /** Refuses what each statement alone may do, but not all of them in one string. */
    private static @Nullable Refusal combination(List<StatementClass> statements) {
        boolean local = false;
        boolean relayed = false;
        for (StatementClass statement : statements) {
            local |= statement.kind() == StatementKind.LOCAL;
            relayed |= statement.kind() != StatementKind.LOCAL;
        }
        if (Classification.goesOnAfterEnd(statements, false)) {
            return Refusal.severalTransactions(); // the first could have left read-only mode for the second
        }
        if (local && relayed) {
            return Refusal.unsupported("sqlmem.* and other statements in one string", Refusal.ONE_BY_ONE);
        }
        return null;
    }
}
