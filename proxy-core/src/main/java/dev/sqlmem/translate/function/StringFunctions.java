package dev.sqlmem.translate.function;

import static dev.sqlmem.translate.function.FunctionRow.row;

import dev.sqlmem.translate.type.Collations;
import dev.sqlmem.translate.type.Constants;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Operand;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.wire.type.Oid;
import java.math.BigInteger;

/** String functions and {@code ||} (manual, "String Functions and Operators"), over text, varchar and char(n). */
public final class StringFunctions {
    /** No string is longer than a gigabyte. */
    private static final BigInteger LONGEST = BigInteger.ONE.shiftLeft(30);

    static final FunctionTable TABLE = new FunctionTable(
            " with such arguments",
            row("length, char_length, character_length (character) int4", "length($1)", StringFunctions::length),
            row("octet_length (varying) int4", "octet_length($1)", StringFunctions::length),
            row("lower (text) text", LetterCase::mapped),
            row("upper (text) text", LetterCase::mapped),
            row(
                    "left (text, int4) text",
                    "(CASE WHEN $2 >= 0 THEN substr($1, 1, $2)" + " ELSE substr($1, 1, max(0, length($1) + $2)) END)"),
            // The server cannot negate the least of all integers: it cuts nothing off.
            row(
                    "right (text, int4) text",
                    "(CASE WHEN $2 > 0 THEN substr($1, - $2) WHEN $2 = 0 THEN substr($1, 1, 0)"
                            + " WHEN $2 = -2147483648 THEN $1 ELSE substr($1, 1 - $2) END)"),
            row("substr, substring, substring from (text, position) text", "substr($1, max($2, 1))"),
            row(
                    "substr, substring, substring from for (text, position, count) text",
                    "substr($1, max($2, 1), max(0, $3 - max(0, 1 - $2)))"),
            row(
                    "substr, substring, substring from for (text, position, int4) text",
                    "(CASE WHEN $3 < 0 THEN $fail" + " ELSE substr($1, max($2, 1), max(0, $3 - max(0, 1 - $2))) END)",
                    (result, of) -> result.raising()),
            row("strpos (text, text) int4", "instr($1, $2)", StringFunctions::place),
            row("position in (text, text) int4", "instr($2, $1)", StringFunctions::place),
            row("btrim (text) text", "trim($1)"),
            row("ltrim (text) text", "ltrim($1)"),
            row("rtrim (text) text", "rtrim($1)"),
            row("btrim (text, text) text", "trim($1, $2)"),
            row("ltrim (text, text) text", "ltrim($1, $2)"),
            row("rtrim (text, text) text", "rtrim($1, $2)"),
            row("replace (text, text, text) text", "replace($1, $2, $3)"),
            row("ascii (text) int4", "(CASE WHEN $1 = '' THEN 0 ELSE unicode($1) END)", StringFunctions::length),
            row("starts_with (text, text) bool", "(substr($1, 1, length($2)) = $2)"),
            row("concat (any...) text", "concat($*)", (result, of) -> result.nullable(false)),
            row("concat_ws (text, any...) text", "concat_ws($*)", (result, of) -> result.nullable(true)));

    private StringFunctions() {}

    private static Term length(Term result, Term... of) {
        return result.bound(LONGEST);
    }

    private static Term place(Term result, Term... of) throws NotTranslatable {
        Collations.common(of[0].order(), of[1].order());
        return result.bound(LONGEST);
    }

    /** {@code left || right}: text with text or an integer. */
    public static Term concatenation(Operand left, Operand right, Constants constants) throws NotTranslatable {
        Term l = TextPieces.of(left, constants);
        Term r = TextPieces.of(right, constants);
        if (!l.isText() && !r.isText()) {
            throw new NotTranslatable("operator || over types " + l.type() + " and " + r.type());
        }
        return Term.of(Oid.TEXT, Sql.of("(", TextPieces.printed(l), " || ", TextPieces.printed(r), ")"), l, r);
    }
}
