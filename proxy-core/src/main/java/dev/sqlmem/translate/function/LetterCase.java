package dev.sqlmem.translate.function;

import dev.sqlmem.plan.AsciiText;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Translation;
import dev.sqlmem.wire.type.Oid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code lower}, {@code upper}, and what ignores case. SQLite maps the letters of ASCII only, and as every
 * collation does but those of a few languages; whatever else comes is the server's.
 */
public final class LetterCase {
    private LetterCase() {}

    /** The row of {@code lower} and that of {@code upper}. */
    static Term mapped(Call call) throws NotTranslatable {
        return mapped(call.name(), call.term(0), call.out());
    }

    /** Maps a text; what its letters are is proven by the generation for a column, and row by row for others. */
    public static Term mapped(String function, Term text, Translation out) throws NotTranslatable {
        if (!isPlain(text, out)) {
            throw new NotTranslatable("function " + function + " under a collation that the cache does not know");
        }
        AsciiText column = column(text);
        if (column != null && !out.isLocal()) {
            out.asciiTexts.add(column);
            return Term.of(Oid.TEXT, Sql.of(function + "(", text, ")"), text);
        }
        return Term.of(Oid.TEXT, guarded(function, text.sql()), text);
    }

    private static boolean isPlain(Term text, Translation out) {
        if (text.isConstant()) {
            return out.tables.isDefaultCasePlain();
        }
        return text.isCasePlain();
    }

    /** The same, where the row's text must be looked at. */
    public static Sql guarded(String function, Sql text) {
        return Template.of("(CASE WHEN octet_length($1) > length($1) THEN $fail ELSE " + function + "($1) END)")
                .with(List.of(text));
    }

    private static @Nullable AsciiText column(Term text) {
        if (text.column() == null || text.table() == 0) {
            return null;
        }
        return new AsciiText(text.table(), text.column().attnum());
    }
}
