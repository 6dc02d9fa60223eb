package dev.sqlmem.translate.expression;

/** How tightly PostgreSQL's operators bind, from the loosest on (manual, "Operator Precedence"). */
public enum Precedence {
    OR,
    AND,
    NOT,
    /** IS, ISNULL, NOTNULL, IS DISTINCT FROM. */
    IS,
    /** {@code < > = <= >= <>}. */
    COMPARISON,
    /** BETWEEN, IN, LIKE. */
    PREDICATE,
    /** Every operator without a place of its own: {@code ||}, {@code &}, {@code ~} ... */
    OTHER,
    SUM,
    PRODUCT,
    /** A sign. */
    SIGN,
    CAST,
    /** Names, values, calls, parentheses. */
    PRIMARY
}
