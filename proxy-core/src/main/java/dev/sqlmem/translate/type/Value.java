package dev.sqlmem.translate.type;

/**
 * A literal, parameter or NULL that has not met its type yet (manual, "Type Conversion").
 *
 * @param kind which of them
 * @param slot the literal's slot or the parameter's number, from 0
 * @param negate whether a minus sign stands before it
 * @param type the type that it has whatever its place is, or 0
 */
public record Value(Kind kind, int slot, boolean negate, int type) implements Operand {
    public static final Value NULL = new Value(Kind.NULL, -1, false, 0);

    /** Kinds of values. */
    public enum Kind {
        STRING,
        NUMBER,
        PARAMETER,
        NULL
    }

    public boolean isNumber() {
        return kind == Kind.NUMBER;
    }

    public boolean isNull() {
        return kind == Kind.NULL;
    }
}
