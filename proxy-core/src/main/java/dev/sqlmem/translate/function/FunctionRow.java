package dev.sqlmem.translate.function;

import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Operand;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Types;
import java.util.Objects;

/**
 * One function: how it is called, and what it is for SQLite.
 *
 * @param signature names, arguments and result
 * @param sqlite SQLite's text; empty where the code writes it
 * @param code what makes the result of a call
 */
record FunctionRow(Signature signature, String sqlite, Code code) {

    /** What a row does that says more than a template can. */
    interface Code {
        Operand of(Call call) throws NotTranslatable;
    }

    /** What is known of the result beyond its type, and required of the arguments beyond theirs. */
    interface Facts {
        Term of(Term result, Term... arguments) throws NotTranslatable;
    }

    /** A function that a template says all of. */
    static FunctionRow row(String signature, String sqlite) {
        return row(signature, sqlite, (result, arguments) -> result);
    }

    /** The same with a result of which more is known. */
    static FunctionRow row(String signature, String sqlite, Facts facts) {
        Signature of = Signature.of(signature);
        int type = Objects.requireNonNull(Types.named(of.result()), signature);
        Template template = Template.of(sqlite);
        return new FunctionRow(of, sqlite, call -> {
            Term[] arguments = call.terms();
            return facts.of(Term.of(type, template.with(arguments), arguments), arguments);
        });
    }

    /** A function that needs code. */
    static FunctionRow row(String signature, Code code) {
        return new FunctionRow(Signature.of(signature), "", code);
    }
}
