package dev.sqlmem.translate.expression;

import dev.sqlmem.plan.Binding;
import dev.sqlmem.plan.Binding.Conversion;
import dev.sqlmem.plan.Binding.Source;
import dev.sqlmem.storage.StorageClass;
import dev.sqlmem.storage.TypeCodec;
import dev.sqlmem.translate.function.LetterCase;
import dev.sqlmem.translate.type.Comparability;
import dev.sqlmem.translate.type.Constants;
import dev.sqlmem.translate.type.Family;
import dev.sqlmem.translate.type.Identifiers;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Operand;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Translation;
import dev.sqlmem.translate.type.Types;
import dev.sqlmem.translate.type.Value;
import dev.sqlmem.translate.type.Value.Kind;
import dev.sqlmem.wire.type.Oid;
import java.util.Set;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.JdbcParameter;
import net.sf.jsqlparser.expression.operators.arithmetic.Concat;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.expression.operators.relational.ParenthesedExpressionList;

/** LIKE, whatever the collation, and ILIKE. */
final class Patterns {
    private static final int LONGEST_PADDED = 256;

    /** SQLite gives up at a pattern of more than 50,000 bytes; one that is bound has 10,000 at most. */
    private static final int MOST_PIECES = 5;

    private static final Set<String> JOINING = Set.of("concat", "lower", "upper");

    private final ExpressionReader expressions;
    private final Translation out;
    private final Constants constants;

    Patterns(ExpressionReader expressions, Translation out, Constants constants) {
        this.expressions = expressions;
        this.out = out;
        this.constants = constants;
    }

    Node like(LikeExpression like) throws NotTranslatable {
        boolean caseless = like.getLikeKeyWord() == LikeExpression.KeyWord.ILIKE;
        if ((!caseless && like.getLikeKeyWord() != LikeExpression.KeyWord.LIKE) || like.isUseBinary()) {
            throw new NotTranslatable("a pattern match other than LIKE");
        }
        Node subject = expressions.read(like.getLeftExpression());
        Node pattern = expressions.read(like.getRightExpression());
        String word = (like.isNot() ? " NOT " : " ") + like.getLikeKeyWord() + " ";
        String source = subject.at(Precedence.OTHER) + word + pattern.at(Precedence.OTHER);
        char escape = '\\';
        if (like.getEscape() != null) {
            out.beyond = true;
            Node written = expressions.read(like.getEscape());
            source += " ESCAPE " + written.at(Precedence.OTHER);
            escape = escape(constants.string(written.operand()));
        }
        out.names.add((like.isNot() ? "!~~" : "~~") + (caseless ? "*" : ""));
        Term text = subject(subject.operand());
        Term by = pattern(like.getRightExpression(), pattern.operand(), escape, text);
        Sql match = by.sql();
        if (caseless) {
            if (Character.isLetter(escape)) {
                throw new NotTranslatable("ILIKE with a letter as ESCAPE");
            }
            out.beyond = true;
            text = LetterCase.mapped("lower", text, out);
            match = LetterCase.guarded("lower", match);
        }
        Sql sql = Sql.of("(", text, like.isNot() ? " NOT LIKE " : " LIKE ", match, " ESCAPE " + quoted(escape) + ")");
        Term matched = Term.condition(sql, text, by).nullable(true).foldable();
        return Node.of(source, Precedence.PREDICATE, by.isRaising() ? matched.raising() : matched);
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

    private Term pattern(Expression written, Operand operand, char escape, Term text) throws NotTranslatable {
        if (operand instanceof Term term && term.family() == Family.TEXT) {
            return computed(written, term, escape, text);
        }
        if (!(operand instanceof Value value) || value.isNumber() || value.isNull()) {
            throw new NotTranslatable("LIKE with a pattern of another kind");
        }
        boolean literal = value.kind() == Kind.STRING;
        int type;
        if (literal) {
            type = Oid.TEXT;
        } else {
            type = out.parameters.at(value.slot(), Oid.TEXT);
        }
        if (Family.of(type) != Family.TEXT) {
            throw new NotTranslatable("LIKE with a parameter of type " + type);
        }
        Source source;
        if (literal) {
            source = Source.LITERAL;
        } else {
            source = Source.PARAMETER;
        }
        TypeCodec codec = Types.codec(type, -1);
        Binding binding = new Binding(source, value.slot(), Conversion.PATTERN, codec, -1, escape, false);
        return Term.constant(Oid.TEXT, -1, Sql.bind(binding));
    }

    /**
     * A pattern that is computed. Where it ends in an escape the server raises an error, and not only for rows
     * that SQLite would come to. So nothing that a constant one is put together from may end so; others are good
     * only where all rows are shown.
     */
    private Term computed(Expression written, Term pattern, char escape, Term text) throws NotTranslatable {
        Comparability.requireEquality(pattern);
        Comparability.requireOneCollation(text, pattern);
        out.beyond = true;
        if (pattern.isConstant()) {
            // Both constant: the server computes the match even where there is no row.
            if (text.isConstant() || Character.isLetterOrDigit(escape) || !isJoined(written)) {
                throw new NotTranslatable("a computation with constants that may raise an error");
            }
            Sql joined = pattern.sql().bound(each -> piece(each, escape));
            if (joined.bindings().size() > MOST_PIECES) {
                return pattern.sql(joined.failing());
            }
            return pattern.sql(joined);
        }
        Sql ends = Sql.of("substr(", pattern, ", -1) = " + quoted(escape));
        Sql sql = Sql.of("(CASE WHEN ", ends, " THEN ", Sql.FAILURE, " ELSE ", pattern, " END)");
        return pattern.sql(sql).raising();
    }

    private static Binding piece(Binding binding, char escape) {
        if (binding.codec().storage() == StorageClass.TEXT) {
            return binding.asPattern(escape);
        }
        return binding;
    }

    /** Whether it ends as one of the values in it, whatever they are. */
    private static boolean isJoined(Expression written) {
        if (written instanceof Concat both) {
            return isJoined(both.getLeftExpression()) && isJoined(both.getRightExpression());
        }
        if (written instanceof CastExpression cast) {
            return isJoined(cast.getLeftExpression());
        }
        if (written instanceof ParenthesedExpressionList<?> list) {
            return list.size() == 1 && isJoined(list.get(0));
        }
        if (written instanceof Function function && function.getParameters() != null) {
            return JOINING.contains(Identifiers.lower(function.getName()))
                    && Arguments.of(function.getParameters()).stream().allMatch(Patterns::isJoined);
        }
        return written instanceof JdbcParameter;
    }

    private static String quoted(char escape) {
        if (escape == '\'') {
            return "''''";
        }
        return "'" + escape + "'";
    }
}
