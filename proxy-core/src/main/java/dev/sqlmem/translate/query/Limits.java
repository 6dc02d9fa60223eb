package dev.sqlmem.translate.query;

import dev.sqlmem.plan.Binding;
import dev.sqlmem.plan.Binding.Conversion;
import dev.sqlmem.plan.Binding.Source;
import dev.sqlmem.translate.type.Constants;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Translation;
import dev.sqlmem.translate.type.TypeName;
import dev.sqlmem.translate.type.Types;
import dev.sqlmem.translate.type.Value;
import dev.sqlmem.translate.type.Value.Kind;
import dev.sqlmem.wire.type.Oid;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.sf.jsqlparser.expression.AllValue;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.JdbcParameter;
import net.sf.jsqlparser.expression.NullValue;
import net.sf.jsqlparser.statement.select.Fetch;
import net.sf.jsqlparser.statement.select.Limit;
import net.sf.jsqlparser.statement.select.Offset;
import net.sf.jsqlparser.statement.select.Select;
import org.jspecify.annotations.Nullable;

/** LIMIT, OFFSET and FETCH, in whatever order they stand. */
final class Limits {
    private static final Set<String> FETCH_WORDS = Set.of("ROW", "ROWS", "ONLY");

    private final Constants constants;
    private final Translation out;

    Limits(QueryContext context) {
        this.constants = context.constants();
        this.out = context.out();
    }

    private record Count(Sql sql, String source) {}

    /** Reads the clauses; {@code offsetFirst} says that the statement has OFFSET before LIMIT. */
    Clause read(Select select, boolean offsetFirst) throws NotTranslatable {
        Limit limit = select.getLimit();
        Fetch fetch = select.getFetch();
        Offset offset = select.getOffset();
        if (limit == null && fetch == null && offset == null) {
            return Clause.NONE;
        }
        if (limit != null && (limit.getOffset() != null || limit.getByExpressions() != null || fetch != null)) {
            throw new NotTranslatable("a LIMIT of another kind");
        }
        Count rows;
        if (limit == null) {
            rows = fetch(fetch);
        } else {
            rows = limit(limit);
        }
        Count skipped;
        if (offset == null) {
            skipped = new Count(Sql.text(""), "");
        } else {
            skipped = offset(offset);
        }
        // SQLite takes LIMIT before OFFSET only, and no OFFSET alone.
        Sql sql = Sql.of(rows == null ? Sql.text(" LIMIT -1") : rows.sql, skipped.sql);
        String tail;
        if (rows == null) {
            tail = "";
        } else {
            tail = rows.source;
        }
        boolean before = offsetFirst || fetch != null;
        return new Clause(sql, before ? skipped.source + tail : tail + skipped.source);
    }

    private Count limit(Limit limit) throws NotTranslatable {
        Expression written = limit.getRowCount();
        if (written instanceof AllValue || written instanceof NullValue) {
            return new Count(Sql.text(" LIMIT -1"), written instanceof AllValue ? " LIMIT ALL" : " LIMIT NULL");
        }
        Count count = count(written, Conversion.LIMIT);
        return new Count(Sql.of(" LIMIT ", count.sql), " LIMIT " + count.source);
    }

    private Count offset(Offset offset) throws NotTranslatable {
        Count count = count(offset.getOffset(), Conversion.OFFSET);
        String word;
        if (offset.getOffsetParam() == null) {
            word = "";
        } else {
            word = " " + offset.getOffsetParam();
        }
        return new Count(Sql.of(" OFFSET ", count.sql), " OFFSET " + count.source + word);
    }

    private @Nullable Count fetch(@Nullable Fetch fetch) throws NotTranslatable {
        if (fetch == null) {
            return null;
        }
        List<String> words = fetch.getFetchParameters();
        // the parser gives some of these words in pairs: WITH TIES
        if (!words.stream().allMatch(word -> FETCH_WORDS.contains(word.toUpperCase(Locale.ROOT)))) {
            throw new NotTranslatable("FETCH WITH TIES");
        }
        String source;
        if (fetch.isFetchParamFirst()) {
            source = " FETCH FIRST ";
        } else {
            source = " FETCH NEXT ";
        }
        String tail;
        if (words.isEmpty()) {
            tail = "";
        } else {
            tail = " " + String.join(" ", words);
        }
        Expression written = fetch.getExpression();
        if (written == null) {
            return new Count(Sql.text(" LIMIT 1"), source.stripTrailing() + tail);
        }
        Count count = count(written, Conversion.LIMIT);
        return new Count(Sql.of(" LIMIT ", count.sql), source + count.source + tail);
    }

    private Count count(@Nullable Expression written, Conversion conversion) throws NotTranslatable {
        if (written instanceof CastExpression cast && cast.getLeftExpression() instanceof JdbcParameter parameter) {
            TypeName to = TypeName.of(cast, out);
            String source;
            if (cast.keyword == null) {
                source = Constants.source(parameter) + "::" + to.source();
            } else {
                source = "CAST(" + Constants.source(parameter) + " AS " + to.source() + ")";
            }
            if (!Types.isInteger(to.oid()) || to.array()) {
                throw new NotTranslatable("a row count that is no integer");
            }
            return count(parameter, to.oid(), source, conversion);
        }
        if (!(written instanceof JdbcParameter parameter)) {
            throw new NotTranslatable("a row count that is an expression");
        }
        return count(parameter, Oid.INT8, Constants.source(parameter), conversion);
    }

    /** @param implied the type of a parameter that has none yet */
    private Count count(JdbcParameter parameter, int implied, String source, Conversion conversion)
            throws NotTranslatable {
        Value value = constants.read(parameter);
        boolean literal = value.kind() != Kind.PARAMETER;
        int type;
        if (literal) {
            type = value.type();
        } else {
            type = out.parameters.at(value.slot(), implied);
        }
        if (!Types.isInteger(type) || Types.wider(type, implied) != implied) {
            throw new NotTranslatable("a row count that is no integer, or a wider one");
        }
        Binding binding = new Binding(
                literal ? Source.LITERAL : Source.PARAMETER,
                value.slot(),
                conversion,
                Types.codec(literal ? Oid.INT8 : type, -1),
                -1,
                0,
                false);
        return new Count(Sql.bind(binding), source);
    }
}
