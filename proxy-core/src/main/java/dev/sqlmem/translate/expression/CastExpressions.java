package dev.sqlmem.translate.expression;

import dev.sqlmem.translate.function.Casts;
import dev.sqlmem.translate.function.Dates;
import dev.sqlmem.translate.type.Constants;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Operand;
import dev.sqlmem.translate.type.Translation;
import dev.sqlmem.translate.type.TypeName;
import dev.sqlmem.translate.type.Types;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.IntervalExpression;

/** Casts and typed constants as they are written (manual, "Type Casts"). */
final class CastExpressions {
    private final ExpressionReader expressions;
    private final Translation out;
    private final Casts casts;
    private final Dates dates;

    CastExpressions(ExpressionReader expressions, Translation out, Constants constants) {
        this.expressions = expressions;
        this.out = out;
        this.casts = new Casts(out, constants);
        this.dates = new Dates(out, constants);
    }

    Node read(CastExpression cast) throws NotTranslatable {
        Node inner = expressions.read(cast.getLeftExpression());
        TypeName to = TypeName.of(cast, out);
        if (to.array()) {
            throw new NotTranslatable("a cast to an array");
        }
        boolean keyword = cast.keyword != null;
        String source;
        if (keyword) {
            source = "CAST(" + inner.source() + " AS " + to.source() + ")";
        } else {
            source = inner.at(Precedence.CAST) + "::" + to.source();
        }
        String name;
        if (inner.sure()) {
            name = inner.name();
        } else {
            name = Types.ownName(to.oid());
        }
        Operand operand = casts.cast(inner.operand(), to);
        return new Node(source, keyword ? Precedence.PRIMARY : Precedence.CAST, operand, name, inner.sure());
    }

    Node read(IntervalExpression interval) throws NotTranslatable {
        if (!interval.isUsingIntervalKeyword()
                || interval.getParameter() != null
                || interval.getIntervalQualifier() != null) {
            throw new NotTranslatable("an interval of another kind");
        }
        Node inner = expressions.read(interval.getExpression());
        Operand span = dates.span(inner.operand());
        return new Node("INTERVAL " + inner.source(), Precedence.PRIMARY, span, "interval", false);
    }
}
