package dev.sqlmem.sql.classify;

import dev.sqlmem.catalog.TableName;
import dev.sqlmem.sql.lex.LexException;
import dev.sqlmem.sql.lex.Lexer;

/**
 * A dotted name in a statement, or in an argument that names a table.
 *
 * @param table its last two parts
 * @param parts how many parts it has
 * @param last the index of its last token
 */
public record QualifiedName(TableName table, int parts, int last) {

    /**
     * Reads a table's name as people write it in an argument: {@code orders}, {@code public.orders}, {@code "Odd.Name"};
     * folded like an identifier unless quoted. What is no such name is taken as it stands.
     */
    public static TableName parse(String written) {
        try {
            TokenCursor tokens = new TokenCursor(Lexer.lex(written, true));
            QualifiedName name = at(tokens, 0);
            if (tokens.name(0) && name.last == tokens.size() - 1 && name.parts <= 2) {
                return name.table;
            }
        } catch (LexException noText) {
            return new TableName(null, written);
        }
        return new TableName(null, written);
    }

    /** Reads the name that starts at a name token. */
    static QualifiedName at(TokenCursor phrase, int index) {
        int last = index;
        int parts = 1;
        while (phrase.symbol(last + 1, ".") && phrase.name(last + 2)) {
            last += 2;
            parts++;
        }
        String schema;
        if (parts > 1) {
            schema = phrase.value(last - 2);
        } else {
            schema = null;
        }
        return new QualifiedName(new TableName(schema, phrase.value(last)), parts, last);
    }
}
