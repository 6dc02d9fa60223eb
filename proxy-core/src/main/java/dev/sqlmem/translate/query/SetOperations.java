package dev.sqlmem.translate.query;

import dev.sqlmem.translate.type.Collations;
import dev.sqlmem.translate.type.Comparability;
import dev.sqlmem.translate.type.Family;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Types;
import dev.sqlmem.wire.type.Oid;
import java.util.ArrayList;
import java.util.List;
import net.sf.jsqlparser.statement.select.ExceptOp;
import net.sf.jsqlparser.statement.select.IntersectOp;
import net.sf.jsqlparser.statement.select.ParenthesedSelect;
import net.sf.jsqlparser.statement.select.PlainSelect;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.select.SetOperation;
import net.sf.jsqlparser.statement.select.SetOperationList;
import net.sf.jsqlparser.statement.select.UnionOp;
import org.jspecify.annotations.Nullable;

/**
 * UNION, INTERSECT and EXCEPT (manual, "Combining Queries"). The parser lists operands and operators flat,
 * and SQLite knows no precedence; so the tree is built here, and each operand that is not a plain SELECT
 * becomes a subquery.
 */
final class SetOperations {
    /** Each operator copies what stands to its left, and SQLite takes at most 500. */
    private static final int MOST_OPERANDS = 100;

    private final QueryReader queries;

    SetOperations(QueryReader queries) {
        this.queries = queries;
    }

    Subquery read(SetOperationList list, @Nullable Scope outer) throws NotTranslatable {
        if (list.getSelects().size() > MOST_OPERANDS) {
            throw new NotTranslatable("a set operation over more than " + MOST_OPERANDS + " queries");
        }
        List<Subquery> operands = new ArrayList<>();
        for (Select select : list.getSelects()) {
            operands.add(operand(select, outer));
        }
        List<SetOperation> operators = new ArrayList<>(list.getOperations());
        if (operators.size() != operands.size() - 1) {
            throw new NotTranslatable("a set operation of another kind");
        }
        // INTERSECT binds more tightly than the others, which bind alike from the left.
        for (int i = 0; i < operators.size(); ) {
            if (operators.get(i) instanceof IntersectOp) {
                operands.set(i, combined(operands.get(i), operators.remove(i), operands.remove(i + 1)));
            } else {
                i++;
            }
        }
        while (!operators.isEmpty()) {
            operands.set(0, combined(operands.get(0), operators.remove(0), operands.remove(1)));
        }
        return operands.get(0);
    }

    private Subquery operand(Select select, @Nullable Scope outer) throws NotTranslatable {
        boolean clauses = Tail.isThere(select)
                || (select.getWithItemsList() != null
                        && !select.getWithItemsList().isEmpty());
        if (clauses && !(select instanceof ParenthesedSelect)) {
            throw new NotTranslatable("an operand of a set operation with clauses of its own");
        }
        if (!(select instanceof PlainSelect || select instanceof ParenthesedSelect)) {
            throw new NotTranslatable("an operand of a set operation that is no SELECT");
        }
        return queries.inside(select, outer);
    }

    private Subquery combined(Subquery left, SetOperation operator, Subquery right) throws NotTranslatable {
        boolean all = operator.isAll();
        String word = word(operator);
        if (all && !word.equals("UNION")) {
            throw new NotTranslatable(word + " ALL");
        }
        List<Query.Column> lefts = left.query().columns();
        List<Query.Column> rights = right.query().columns();
        if (lefts.size() != rights.size()) {
            throw new NotTranslatable("a set operation over different numbers of columns");
        }
        List<Query.Column> columns = new ArrayList<>();
        for (int i = 0; i < lefts.size(); i++) {
            Query.Column l = lefts.get(i);
            Term term = common(l.term(), rights.get(i).term());
            if (!all) {
                Comparability.requireIdentity(term);
            }
            if (!word.equals("UNION")
                    && l.term().typmod() != rights.get(i).term().typmod()) {
                // the server describes the statement without a modifier and its portal with the left one's
                throw new NotTranslatable(word + " over types with different modifiers");
            }
            if (l.index() != i + 1 || rights.get(i).index() != i + 1) {
                throw new NotTranslatable("a set operation over numbers of varying scale");
            }
            columns.add(new Query.Column(l.name(), term, i + 1));
        }
        String words = " " + word + (all ? " ALL " : operator.isDistinct() ? " DISTINCT " : " ");
        Sql sql = Sql.of(nested(left.query()), " " + word + (all ? " ALL " : " "), nested(right.query()));
        return new Subquery(new Query(sql, true, columns, false), left.source() + words + right.source());
    }

    private static String word(SetOperation operator) throws NotTranslatable {
        if (operator instanceof UnionOp) {
            return "UNION";
        }
        if (operator instanceof IntersectOp) {
            return "INTERSECT";
        }
        if (operator instanceof ExceptOp) {
            return "EXCEPT";
        }
        throw new NotTranslatable("a set operation of another kind");
    }

    private static Sql nested(Query query) {
        if (query.compound()) {
            return Sql.of("SELECT * FROM (", query.sql(), ")");
        }
        return query.sql();
    }

    /** One column of the result: both sides must have one type and one encoding already. */
    private static Term common(Term left, Term right) throws NotTranslatable {
        boolean integers = Types.isInteger(left.type()) && Types.isInteger(right.type());
        boolean texts = left.family() == Family.TEXT && right.family() == Family.TEXT;
        if (left.ownScale() != null || right.ownScale() != null || !(integers || texts || isSame(left, right))) {
            throw new NotTranslatable("a set operation over types " + left.type() + " and " + right.type());
        }
        int type;
        if (integers) {
            type = Types.wider(left.type(), right.type());
        } else {
            type = left.type();
        }
        boolean same = left.type() == right.type() && left.typmod() == right.typmod();
        return left.as(type, same ? left.typmod() : -1)
                .order(Collations.common(left.order(), right.order()))
                .collation(Collations.common(left.collation(), right.collation()))
                .rank(null)
                .bound(left.bound().max(right.bound()))
                .nullable(left.isNullable() || right.isNullable());
    }

    private static boolean isSame(Term left, Term right) {
        boolean scaled = left.type() == Oid.NUMERIC || left.type() == Oid.BPCHAR;
        return left.type() == right.type()
                && left.scale() == right.scale()
                && (!scaled || left.type() == Oid.NUMERIC || left.stored() == right.stored());
    }
}
