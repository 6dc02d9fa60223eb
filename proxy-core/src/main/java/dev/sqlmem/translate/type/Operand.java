package dev.sqlmem.translate.type;

/** What an expression can be made of: a typed term, a value whose type its place decides, a quotient or an interval. */
public sealed interface Operand permits Term, Value, Quotient, IntervalConstant {

    /** The type's OID where it is known before the place is, else 0. */
    int type() throws NotTranslatable;
}
