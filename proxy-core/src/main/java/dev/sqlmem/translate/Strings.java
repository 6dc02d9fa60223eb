package dev.sqlmem.translate;

import dev.sqlmem.plan.Binding.Conversion;
import dev.sqlmem.translate.Value.Kind;
import dev.sqlmem.wire.type.Oid;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** String functions and {@code ||} (manual, "String Functions and Operators"), over text and varchar. */
final class Strings {
    /** No string is longer than a gigabyte. */
    private static final BigInteger LONGEST = BigInteger.ONE.shiftLeft(30);

    private final Constants constants;
    private final LetterCase letterCase;

    Strings(Translation out, Constants constants) {
        this.constants = constants;
        this.letterCase = new LetterCase(out);
    }

    /** {@code left || right}: text with text or an integer. */
    Term concatenation(Operand left, Operand right) throws NotTranslatable {
        Term l = piece(left);
        Term r = piece(right);
        if (!l.isText() && !r.isText()) {
            throw new NotTranslatable("operator || over types " + l.type() + " and " + r.type());
        }
        return result(Sql.of("(", spelt(l), " || ", spelt(r), ")"), l, r);
    }

    private Term piece(Operand operand) throws NotTranslatable {
        Term term = constants.term(operand, Oid.TEXT);
        if (!term.isText() && !Types.isInteger(term.type())) {
            throw new NotTranslatable("a text made of type " + term.type());
        }
        return term;
    }

    private static Sql spelt(Term term) {
        if (Types.isInteger(term.type())) {
            return Sql.of("CAST(", term, " AS TEXT)");
        }
        return term.sql();
    }

    private static Term result(Sql sql, Term... from) throws NotTranslatable {
        return Term.of(Oid.TEXT, sql, from);
    }

    /** Returns the function's result, or null where it is none of these. */
    @Nullable
    Term call(String name, List<Operand> arguments) throws NotTranslatable {
        int count = arguments.size();
        return switch (name) {
            case "length", "char_length", "character_length" -> {
                require(count == 1, name);
                Term text = constants.term(arguments.get(0), Oid.TEXT);
                // The blanks that char(n) is padded with are not counted.
                yield length("length", text.family() == Family.PADDED ? text : text(text));
            }
            case "lower", "upper" -> {
                require(count == 1, name);
                yield letterCase.mapped(name, text(arguments.get(0)));
            }
            case "octet_length" -> {
                require(count == 1, name);
                Term text = constants.term(arguments.get(0), Oid.TEXT);
                if (text.family() == Family.PADDED) {
                    throw new NotTranslatable("octet_length of char(n)"); // which counts the padding
                }
                yield length("octet_length", text(text));
            }
            case "substr", "substring" -> {
                require(count == 2 || count == 3, name);
                yield substring(arguments);
            }
            case "left" -> {
                require(count == 2, name);
                yield left(text(arguments.get(0)), integer(arguments.get(1)));
            }
            case "right" -> {
                require(count == 2, name);
                yield right(text(arguments.get(0)), integer(arguments.get(1)));
            }
            case "strpos" -> {
                require(count == 2, name);
                yield position(text(arguments.get(0)), text(arguments.get(1)));
            }
            case "btrim", "ltrim", "rtrim" -> {
                require(count == 1 || count == 2, name);
                yield trim(name, arguments);
            }
            case "replace" -> {
                require(count == 3, name);
                Term text = text(arguments.get(0));
                Term from = text(arguments.get(1));
                Term to = text(arguments.get(2));
                yield result(Sql.of("replace(", text, ", ", from, ", ", to, ")"), text, from, to);
            }
            case "ascii" -> {
                require(count == 1, name);
                Term text = text(arguments.get(0));
                Sql sql = Sql.of("(CASE WHEN ", text, " = '' THEN 0 ELSE unicode(", text, ") END)");
                yield Term.of(Oid.INT4, sql, text).bound(LONGEST);
            }
            case "starts_with" -> {
                require(count == 2, name);
                Term text = text(arguments.get(0));
                Term prefix = text(arguments.get(1));
                Comparability.requireEquality(text);
                Sql sql = Sql.of("(substr(", text, ", 1, length(", prefix, ")) = ", prefix, ")");
                yield Term.condition(sql, text, prefix);
            }
            case "concat" -> joined("concat(", arguments, 0);
            case "concat_ws" -> {
                require(count > 1, name);
                yield joined("concat_ws(", arguments, 1);
            }
            default -> null;
        };
    }

    private static void require(boolean right, String name) throws NotTranslatable {
        if (!right) {
            throw new NotTranslatable("function " + name + " with such arguments");
        }
    }

    /** A text, to which char(n) is cast without its padding, as it is stored. */
    Term text(Operand operand) throws NotTranslatable {
        Term term = constants.term(operand, Oid.TEXT);
        if (term.family() == Family.PADDED) {
            Comparability.requireEquality(term);
            return Term.of(Oid.TEXT, term.sql(), term);
        }
        if (term.family() != Family.TEXT) {
            throw new NotTranslatable("a string function over a value of type " + term.type());
        }
        Comparability.requireEquality(term);
        return term;
    }

    private Term integer(Operand operand) throws NotTranslatable {
        Term term = constants.term(operand, Oid.INT4);
        if (term.type() != Oid.INT4 && term.type() != Oid.INT2) {
            throw new NotTranslatable("a string function with a number of type " + term.type());
        }
        return term;
    }

    private static Term length(String function, Term text) throws NotTranslatable {
        return Term.of(Oid.INT4, Sql.of(function + "(", text, ")"), text).bound(LONGEST);
    }

    private Term substring(List<Operand> arguments) throws NotTranslatable {
        Term text = text(arguments.get(0));
        if (arguments.get(1) instanceof Value value && value.kind() == Kind.STRING) {
            throw new NotTranslatable("a substring by a pattern");
        }
        Term start = integer(arguments.get(1));
        if (arguments.size() == 2) {
            return result(Sql.of("substr(", text, ", max(", start, ", 1))"), text, start);
        }
        Operand written = arguments.get(2);
        Term count;
        if (written instanceof Value value) {
            count = constants.checked(value, Oid.INT4, Conversion.NOT_NEGATIVE);
        } else {
            count = integer(written);
        }
        Sql sql = Sql.of("substr(", text, ", max(", start, ", 1), max(0, ", count, " - max(0, 1 - ", start, ")))");
        if (written instanceof Value) {
            return result(sql, text, start, count);
        }
        Sql guarded = Sql.of("(CASE WHEN ", count, " < 0 THEN ", Sql.FAILURE, " ELSE ", sql, " END)");
        return result(guarded, text, start, count).raising();
    }

    private static Term left(Term text, Term count) throws NotTranslatable {
        Sql sql = Sql.of(
                "(CASE WHEN ",
                count,
                " >= 0 THEN substr(",
                text,
                ", 1, ",
                count,
                ") ELSE substr(",
                text,
                ", 1, max(0, length(",
                text,
                ") + ",
                count,
                ")) END)");
        return result(sql, text, count);
    }

    private static Term right(Term text, Term count) throws NotTranslatable {
        Sql sql = Sql.of(
                "(CASE WHEN ",
                count,
                " > 0 THEN substr(",
                text,
                ", - ",
                count,
                ") WHEN ",
                count,
                " = 0 THEN substr(",
                text,
                ", 1, 0) WHEN ",
                count,
                " = -2147483648 THEN ", // which the server cannot negate: it cuts nothing off
                text,
                " ELSE substr(",
                text,
                ", 1 - ",
                count,
                ") END)");
        return result(sql, text, count);
    }

    /** Where {@code part} begins in {@code text}, from 1. */
    Term position(Term text, Term part) throws NotTranslatable {
        Comparability.common(text.order(), part.order());
        return Term.of(Oid.INT4, Sql.of("instr(", text, ", ", part, ")"), text, part)
                .bound(LONGEST);
    }

    /** {@code btrim}, {@code ltrim} or {@code rtrim}, of spaces or of the characters of a second argument. */
    Term trim(String name, List<Operand> arguments) throws NotTranslatable {
        String function;
        if (name.equals("btrim")) {
            function = "trim";
        } else {
            function = name;
        }
        Term text = text(arguments.get(0));
        if (arguments.size() == 1) {
            return result(Sql.of(function + "(", text, ")"), text);
        }
        Term characters = text(arguments.get(1));
        return result(Sql.of(function + "(", text, ", ", characters, ")"), text, characters);
    }

    private Term joined(String function, List<Operand> arguments, int firstPiece) throws NotTranslatable {
        List<Sql> pieces = new ArrayList<>();
        List<Term> from = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            Term term;
            if (i < firstPiece) {
                term = text(arguments.get(i));
            } else {
                term = piece(arguments.get(i));
            }
            if (term.family() == Family.PADDED) {
                throw new NotTranslatable("char(n) within concat");
            }
            pieces.add(spelt(term));
            from.add(term);
        }
        Sql sql = Sql.of(function, Sql.join(", ", pieces), ")");
        return result(sql, from.toArray(Term[]::new)).nullable(firstPiece > 0);
    }
}
