package dev.sqlmem.plan;

import java.util.List;

/**
 * Says from its tokens alone what a query string is: the wall in front of read-only mode.
 *
 * <p>Doesn't parse, and so doesn't trust a parser: it looks for what could write and takes whatever it
 * doesn't know for a write. Stateless; threads may share it.
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
        return new Classification(
                tokens.isEmpty() ? StatementKind.EMPTY : StatementKind.WRITE,
                Refusal.readOnly("nothing is classified yet"),
                Effects.NONE,
                List.of());
    }
}
