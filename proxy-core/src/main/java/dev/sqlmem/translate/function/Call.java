package dev.sqlmem.translate.function;

import dev.sqlmem.translate.type.Constants;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Operand;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Translation;
import java.util.List;

/**
 * A call while it is translated by a row.
 *
 * @param name the function, as reasons name it
 * @param signature the row's
 * @param operands what is given, in the number that the signature has
 * @param out what is gathered of the statement
 * @param constants what makes terms of operands
 */
record Call(String name, Signature signature, List<Operand> operands, Translation out, Constants constants) {
    Operand operand(int index) {
        return operands.get(index);
    }

    /** The argument, counted from 0, as a term of the type that the signature says. */
    Term term(int index) throws NotTranslatable {
        return signature.argument(index).read(this, operands.get(index));
    }

    /** All arguments. */
    Term[] terms() throws NotTranslatable {
        Term[] terms = new Term[operands.size()];
        for (int i = 0; i < terms.length; i++) {
            terms[i] = term(i);
        }
        return terms;
    }
}
