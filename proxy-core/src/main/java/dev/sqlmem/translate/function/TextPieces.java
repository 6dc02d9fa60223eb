package dev.sqlmem.translate.function;

import dev.sqlmem.translate.type.Constants;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Operand;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Types;
import dev.sqlmem.wire.type.Oid;

/** What a text is put together from, by {@code ||} or a function. */
final class TextPieces {
    private TextPieces() {}

    /** What a text can be put together from. */
    static Term of(Operand operand, Constants constants) throws NotTranslatable {
        Term term = constants.term(operand, Oid.TEXT);
        if (!term.isText() && !Types.isInteger(term.type())) {
            throw new NotTranslatable("a text made of type " + term.type());
        }
        return term;
    }

    /** A piece as text. */
    static Term printed(Term piece) throws NotTranslatable {
        if (Types.isInteger(piece.type())) {
            return Term.of(Oid.TEXT, Sql.of("CAST(", piece, " AS TEXT)"), piece);
        }
        return piece;
    }
}
