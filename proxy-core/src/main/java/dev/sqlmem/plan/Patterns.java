package dev.sqlmem.plan;

import dev.sqlmem.plan.Binding.Conversion;
import dev.sqlmem.plan.Binding.Source;
import dev.sqlmem.plan.Value.Kind;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;

/** LIKE, whatever the collation, and ILIKE. */
final class Patterns {
    private static final int LONGEST_PADDED = 256;

    private final Expressions expressions;
    private final Translation out;
    private final LetterCase letterCase;

    Patterns(Expressions expressions) {
        this.expressions = expressions;
        this.out = expressions.out;
        this.letterCase = new LetterCase(out);
    }

    Node like(LikeExpression like) throws NotTranslatable {
        boolean caseless = like.getLikeKeyWord() == LikeExpression.KeyWord.ILIKE;
        if ((!caseless && like.getLikeKeyWord() != LikeExpression.KeyWord.LIKE) || like.isUseBinary()) {
            throw new NotTranslatable("a pattern match other than LIKE");
        }
        Node subject = expressions.read(like.getLeftExpression());
        Node pattern = expressions.read(like.getRightExpression());
        String word = (like.isNot() ? " NOT " : " ") + like.getLikeKeyWord() + " ";
        String source = subject.at(Strength.OTHER) + word + pattern.at(Strength.OTHER);
        char escape = '\\';
        if (like.getEscape() != null) {
            out.beyond = true;
            Node written = expressions.read(like.getEscape());
            source += " ESCAPE " + written.at(Strength.OTHER);
            escape = escape(expressions.constants.string(written.operand()));
        }
        out.names.add((like.isNot() ? "!~~" : "~~") + (caseless ? "*" : ""));
        Term text = subject(subject.operand());
        Sql by = pattern(pattern.operand(), escape, text);
        if (caseless) {
            if (Character.isLetter(escape)) {
                throw new NotTranslatable("ILIKE with a letter as ESCAPE");
            }
            out.beyond = true;
            out.fallible = true;
            text = letterCase.mapped("lower", text);
            by = LetterCase.guarded("lower", by);
        }
        Sql sql = Sql.of("(", text, like.isNot() ? " NOT LIKE " : " LIKE ", by, " ESCAPE " + quoted(escape) + ")");
        return Node.of(
                source,
                Strength.PREDICATE,
                Term.condition(sql, text).nullable(true).foldable());
    }

    private static char escape(String written) throws NotTranslatable {
        if (written.length() != 1 || written.equals("%") || written.equals("_") || written.charAt(0) > '~') {
            throw new NotTranslatable("an ESCAPE of another kind");
        }
        return written.charAt(0);
    }

    private Term subject(Operand operand) throws NotTranslatable {
        if (!(operand instanceof Term term)) {
            throw new NotTranslatable("LIKE over a constant");
        }
        Comparability.requireEquality(term);
        out.beyond |= term.column() == null;
        if (term.family() == Family.TEXT) {
            return term;
        }
        int length = term.stored() - 4;
        if (term.family() != Family.PADDED || length > LONGEST_PADDED) {
            throw new NotTranslatable("LIKE over a value of type " + term.type());
        }
        // Matched with its padding, which the stored value has not.
        out.beyond = true;
        Sql padded = Sql.of("substr(", term, " || '" + " ".repeat(length) + "', 1, " + length + ")");
        return Term.of(Oid.TEXT, padded, term);
    }

    private Sql pattern(Operand operand, char escape, Term text) throws NotTranslatable {
        if (operand instanceof Term term && term.family() == Family.TEXT) {
            return computed(term, escape, text);
        }
        if (!(operand instanceof Value value) || value.isNumber() || value.isNull()) {
            throw new NotTranslatable("LIKE with a pattern of another kind");
        }
        boolean literal = value.kind() == Kind.STRING;
        int type = literal ? Oid.TEXT : out.parameters.at(value.slot(), Oid.TEXT);
        if (Family.of(type) != Family.TEXT) {
            throw new NotTranslatable("LIKE with a parameter of type " + type);
        }
        Source source = literal ? Source.LITERAL : Source.PARAMETER;
        return Sql.bind(
                new Binding(source, value.slot(), Conversion.PATTERN, Types.codec(type, -1), -1, escape, false));
    }

    /** A pattern that is known only while SQLite runs; one with an escape at its end is left to the server. */
    private Sql computed(Term pattern, char escape, Term text) throws NotTranslatable {
        Comparability.requireEquality(pattern);
        Comparability.requireOneCollation(text, pattern);
        if (text.isConstant() && pattern.isConstant()) { // which the server computes even where there is no row
            throw new NotTranslatable("a computation with constants that may raise an error");
        }
        out.beyond = true;
        out.fallible = true;
        Sql ends = Sql.of("substr(", pattern, ", -1) = " + quoted(escape));
        return Sql.of("(CASE WHEN ", ends, " THEN ", Sql.FAILURE, " ELSE ", pattern, " END)");
    }

    private static String quoted(char escape) {
        return escape == '\'' ? "''''" : "'" + escape + "'";
    }
}
