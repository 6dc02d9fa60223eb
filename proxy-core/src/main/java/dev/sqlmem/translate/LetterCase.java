package dev.sqlmem.translate;

import dev.sqlmem.plan.AsciiText;
import dev.sqlmem.wire.type.Oid;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code lower}, {@code upper}, and what ignores case. SQLite maps the letters of ASCII only, and as every
 * collation does but those of a few languages; whatever else comes is the server's.
 */
final class LetterCase {
    private static final Set<String> FUNCTIONS = Set.of("lower", "upper");

    private final Translation out;

    LetterCase(Translation out) {
        this.out = out;
    }

    static boolean isOne(String function) {
        return FUNCTIONS.contains(function);
    }

    /** Maps a text; what its letters are is proven by the generation for a column, and row by row for others. */
    Term mapped(String function, Term text) throws NotTranslatable {
        if (text.isConstant() ? !out.tables.isDefaultCasePlain() : !text.isCasePlain()) {
            throw new NotTranslatable("function " + function + " under a collation that the cache does not know");
        }
        AsciiText column;
        if (out.isLocal()) {
            column = null;
        } else {
            column = column(text);
        }
        if (column != null) {
            out.asciiTexts.add(column);
            return Term.of(Oid.TEXT, Sql.of(function + "(", text, ")"), text);
        }
        return Term.of(Oid.TEXT, guarded(function, text.sql()), text);
    }

    /** The same, where the row's text must be looked at. */
    static Sql guarded(String function, Sql text) {
        return Sql.of(
                "(CASE WHEN octet_length(",
                text,
                ") > length(",
                text,
                ") THEN ",
                Sql.FAILURE,
                " ELSE " + function + "(",
                text,
                ") END)");
    }

    private static @Nullable AsciiText column(Term text) {
        if (text.column() == null || text.table() == 0) {
            return null;
        }
        return new AsciiText(text.table(), text.column().attnum());
    }
}
