package dev.sqlmem.translate.type;

import dev.sqlmem.wire.type.Oid;

/**
 * A numeric division, which SQLite cannot do: both numbers are read from the row and divided by the
 * server's rule on the way out, so it can only be a column of the result.
 *
 * @param dividend an integer or scaled numeric
 * @param divisor the same; null or zero only as {@code zeroIsNull} says
 * @param zeroIsNull whether a divisor of zero makes the result null (avg over no rows) and not an error
 * @param digits the number of fraction digits that it is rounded to, or -1
 */
public record Quotient(Term dividend, Term divisor, boolean zeroIsNull, int digits) implements Operand {
    @Override
    public int type() {
        return Oid.NUMERIC;
    }

    /** Whether the server may raise an error while it divides. */
    public boolean isRaising() {
        return dividend.isRaising() || divisor.isRaising() || !(zeroIsNull || divisor.isConstant());
    }

    public Quotient rounded(int newDigits) {
        return new Quotient(dividend, divisor, zeroIsNull, newDigits);
    }
}
