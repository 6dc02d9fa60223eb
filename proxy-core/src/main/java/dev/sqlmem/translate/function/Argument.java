package dev.sqlmem.translate.function;

import dev.sqlmem.plan.Binding.Conversion;
import dev.sqlmem.translate.type.Comparability;
import dev.sqlmem.translate.type.Family;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Operand;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Value;
import dev.sqlmem.translate.type.Value.Kind;
import dev.sqlmem.wire.type.Oid;
import java.util.Locale;

/**
 * What stands for an argument in the signature of a {@link FunctionRow}: the types that it may have, with those that
 * the server casts by itself, and how an operand becomes one (manual, "Function Type Resolution").
 */
enum Argument {
    /** A text or varchar, or char(n), which is cast to text: without its padding, as it is stored. */
    TEXT(Argument::text),

    /** The same, where char(n) has a function of its own, in which the blanks that it is padded with don't count. */
    CHARACTER((call, operand) -> {
        Term text = call.constants().term(operand, Oid.TEXT);
        if (text.family() == Family.PADDED) {
            return text;
        }
        return text(call, operand);
    }),

    /** The same, where char(n) has a function of its own that counts them, and is left to the server. */
    VARYING((call, operand) -> {
        Term text = call.constants().term(operand, Oid.TEXT);
        if (text.family() == Family.PADDED) {
            throw new NotTranslatable(call.name() + " of char(n)");
        }
        return text(call, operand);
    }),

    /** A text, padded or not, or an integer, which is cast to text. */
    PIECE((call, operand) -> TextPieces.printed(TextPieces.of(operand, call.constants()))),

    /** The same, but not padded. */
    ANY((call, operand) -> {
        Term piece = TextPieces.of(operand, call.constants());
        if (piece.family() == Family.PADDED) {
            throw new NotTranslatable("char(n) within concat");
        }
        return TextPieces.printed(piece);
    }),

    /** An int4, or int2, which is cast to it. */
    INT4(Argument::integer),

    /** The same, where a string literal would be a text. */
    POSITION((call, operand) -> {
        if (operand instanceof Value value && value.kind() == Kind.STRING) {
            throw new NotTranslatable("a substring by a pattern");
        }
        return integer(call, operand);
    }),

    /** A literal or parameter of type int4 that is not negative; the row before one for {@link #INT4}. */
    COUNT((call, operand) -> call.constants().checked((Value) operand, Oid.INT4, Conversion.NOT_NEGATIVE)) {
        @Override
        boolean takes(Operand operand) {
            return operand instanceof Value;
        }
    },

    /** An integer or a numeric with a scale. */
    NUMBER((call, operand) -> {
        Term term = call.constants().term(operand);
        if (!term.isNumber()) {
            throw new NotTranslatable(call.name() + " over a value of type " + term.type());
        }
        return term;
    }),

    /** A numeric with a scale. */
    NUMERIC((call, operand) -> {
        Term term = call.constants().term(operand);
        requireNumeric(call.name(), term);
        return term;
    }),

    /** A date that is no literal; the row before one for {@link #TIMESTAMP}. */
    DATE((call, operand) -> call.constants().term(operand)) {
        @Override
        boolean takes(Operand operand) {
            return operand instanceof Term term && term.type() == Oid.DATE;
        }
    },

    /** A timestamp without time zone. */
    TIMESTAMP((call, operand) -> {
        Term term = call.constants().term(operand);
        if (term.type() != Oid.TIMESTAMP) {
            throw new NotTranslatable(call.name() + " of a value of type " + term.type());
        }
        return term;
    }),

    /** An integer or string literal, on whose value the translation depends; read by the row's code. */
    LITERAL((call, operand) -> call.constants().term(operand));

    /** Makes the operand a term of the type. */
    private interface Reading {
        Term of(Call call, Operand operand) throws NotTranslatable;
    }

    @SuppressWarnings("ImmutableEnumChecker") // lambdas that capture nothing
    private final Reading reading;

    Argument(Reading reading) {
        this.reading = reading;
    }

    /** Finds the one that a signature means. */
    static Argument named(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** Whether the row is the one for the operand, where rows have the same name and number of arguments. */
    boolean takes(Operand operand) {
        return true;
    }

    /** Returns the operand as a term of the type, or throws the reason why it cannot be one. */
    Term read(Call call, Operand operand) throws NotTranslatable {
        return reading.of(call, operand);
    }

    private static Term text(Call call, Operand operand) throws NotTranslatable {
        Term term = call.constants().term(operand, Oid.TEXT);
        if (term.family() != Family.TEXT && term.family() != Family.PADDED) {
            throw new NotTranslatable("a string function over a value of type " + term.type());
        }
        Comparability.requireEquality(term);
        if (term.family() == Family.PADDED) {
            return Term.of(Oid.TEXT, term.sql(), term);
        }
        return term;
    }

    private static Term integer(Call call, Operand operand) throws NotTranslatable {
        Term term = call.constants().term(operand, Oid.INT4);
        if (term.type() != Oid.INT4 && term.type() != Oid.INT2) {
            throw new NotTranslatable("a string function with a number of type " + term.type());
        }
        return term;
    }

    /** Requires a numeric with a scale. */
    static void requireNumeric(String name, Term number) throws NotTranslatable {
        if (number.family() != Family.NUMERIC) {
            throw new NotTranslatable(name + " over a value of type " + number.type());
        }
    }
}
