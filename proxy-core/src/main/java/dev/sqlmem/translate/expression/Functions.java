package dev.sqlmem.translate.expression;

import dev.sqlmem.translate.function.DateFunctions;
import dev.sqlmem.translate.function.FunctionTable;
import dev.sqlmem.translate.function.KnownFunctions;
import dev.sqlmem.translate.type.Constants;
import dev.sqlmem.translate.type.Identifiers;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Operand;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Translation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.sf.jsqlparser.expression.AnalyticExpression;
import net.sf.jsqlparser.expression.AnalyticType;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.ExtractExpression;
import net.sf.jsqlparser.expression.Function;
import net.sf.jsqlparser.expression.TrimFunction;
import org.jspecify.annotations.Nullable;

/** Calls of functions, in all the ways in which SQL spells them. */
final class Functions {
    /** Constructs of the grammar's own, which nobody can redefine. */
    private static final Set<String> WORDS = Set.of("coalesce", "nullif", "greatest", "least");

    private final ExpressionReader expressions;
    private final Translation out;
    private final Constants constants;
    private final Conditionals conditionals;
    private final Aggregates aggregates;
    private final WindowCalls windows;

    Functions(
            ExpressionReader expressions,
            Translation out,
            Constants constants,
            Conditionals conditionals,
            Aggregates aggregates,
            WindowCalls windows) {
        this.expressions = expressions;
        this.out = out;
        this.constants = constants;
        this.conditionals = conditionals;
        this.aggregates = aggregates;
        this.windows = windows;
    }

    /** Reads a call with its arguments in parentheses. */
    Node read(Function function) throws NotTranslatable {
        requirePlain(function);
        String written = function.getName();
        String name = name(written);
        if (Aggregates.isOne(name)) {
            return aggregates.read(function, name);
        }
        out.beyond = true;
        if (function.isDistinct() || function.getOrderByElements() != null) {
            throw new NotTranslatable("function " + name + " with DISTINCT or ORDER BY");
        }
        List<Operand> arguments = new ArrayList<>();
        if (function.getNamedParameters() != null) {
            return spelt(function, name);
        }
        String list;
        if (function.getParameters() == null) {
            list = "";
        } else {
            list = conditionals.arguments(Arguments.of(function.getParameters()), arguments);
        }
        String source = written + "(" + list + ")";
        return Node.named(source, call(name, arguments), name);
    }

    /** Returns the folded name, without the schema of the server's own functions. */
    private String name(String written) throws NotTranslatable {
        int point = written.indexOf('.');
        if (point >= 0 && !Identifiers.lower(written.substring(0, point)).equals("pg_catalog")) {
            throw new NotTranslatable("a function of a schema");
        }
        String bare = written.substring(point + 1);
        if (bare.contains("\"") || bare.contains(".")) {
            throw new NotTranslatable("a quoted function");
        }
        String name = Identifiers.lower(bare);
        if (!WORDS.contains(name)) {
            out.names.add(name);
        }
        return name;
    }

    private static void requirePlain(Function function) throws NotTranslatable {
        boolean extra = function.getNullHandling() != null
                || function.isIgnoreNullsOutside()
                || function.getLimit() != null
                || function.getHavingClause() != null
                || function.isUnique()
                || function.getChainedParameters() != null
                || function.isEscaped()
                || function.getAttribute() != null
                || function.getKeep() != null
                || function.getExtraKeyword() != null
                || function.getOnOverflowTruncate() != null
                || (function.getKeywordArguments() != null
                        && !function.getKeywordArguments().isEmpty());
        if (extra) {
            throw new NotTranslatable("a function call of another kind");
        }
    }

    private Operand call(String name, List<Operand> arguments) throws NotTranslatable {
        Operand result;
        if (WORDS.contains(name)) {
            result = conditionals.construct(name, arguments);
        } else {
            result = find(name, arguments);
        }
        if (result == null) {
            throw new NotTranslatable("function " + name);
        }
        return result;
    }

    private @Nullable Operand find(String name, List<Operand> arguments) throws NotTranslatable {
        for (FunctionTable table : KnownFunctions.TABLES) {
            Operand result = table.call(name, arguments, out, constants);
            if (result != null) {
                return result;
            }
        }
        return null;
    }

    /** Reads {@code position(a in b)} and {@code substring(a from b for c)}. */
    private Node spelt(Function function, String name) throws NotTranslatable {
        List<String> words = function.getNamedParameters().getNames();
        List<Operand> operands = new ArrayList<>();
        StringBuilder source = new StringBuilder(function.getName()).append('(');
        int i = 0;
        for (Object each : function.getNamedParameters()) {
            Node node = expressions.read((Expression) each);
            String word = words.get(i++);
            source.append(word.isEmpty() ? "" : " " + word + " ").append(node.at(Precedence.OTHER));
            operands.add(node.operand());
        }
        source.append(')');
        String form = Identifiers.lower(String.join(" ", words).trim());
        Operand result = find(name + " " + form, operands);
        if (result == null) {
            throw new NotTranslatable("function " + name + " in that form");
        }
        return Node.named(source.toString(), result, name);
    }

    Node read(TrimFunction trim) throws NotTranslatable {
        boolean both = trim.getExpression() != null && trim.getFromExpression() != null;
        Expression subject;
        if (both || trim.getExpression() == null) {
            subject = trim.getFromExpression();
        } else {
            subject = trim.getExpression();
        }
        if (subject == null || (both && !trim.isUsingFromKeyword())) {
            throw new NotTranslatable("trim in that form");
        }
        var specification = trim.getTrimSpecification();
        String name;
        if (specification == null) {
            name = "btrim";
        } else {
            name = switch (specification) {
                case LEADING -> "ltrim";
                case TRAILING -> "rtrim";
                case BOTH -> "btrim";
            };
        }
        out.names.add(name);
        List<Operand> arguments = new ArrayList<>();
        StringBuilder source = new StringBuilder("trim(");
        source.append(specification == null ? "" : specification.name() + " ");
        Node characters;
        if (both) {
            characters = expressions.read(trim.getExpression());
        } else {
            characters = null;
        }
        source.append(characters == null ? "" : characters.source() + " ");
        source.append(trim.isUsingFromKeyword() ? "FROM " : "");
        Node text = expressions.read(subject);
        arguments.add(text.operand());
        if (characters != null) {
            arguments.add(characters.operand());
        }
        source.append(text.source()).append(')');
        return Node.named(source.toString(), call(name, arguments), name);
    }

    Node read(ExtractExpression extract) throws NotTranslatable {
        out.names.add("extract");
        Node from = expressions.read(extract.getExpression());
        Term field = DateFunctions.extract(Identifiers.lower(extract.getName()), constants.term(from.operand()));
        return Node.named("EXTRACT(" + extract.getName() + " FROM " + from.source() + ")", field, "extract");
    }

    /** Reads an aggregate with FILTER, or a window function. */
    Node read(AnalyticExpression aggregate) throws NotTranslatable {
        if (aggregate.getType() == AnalyticType.OVER) {
            return windows.read(aggregate, name(aggregate.getName()));
        }
        boolean extra = aggregate.getType() != AnalyticType.FILTER_ONLY
                || aggregate.getKeep() != null
                || aggregate.isUnique()
                || aggregate.isIgnoreNulls()
                || aggregate.isIgnoreNullsOutside()
                || aggregate.getHavingClause() != null
                || aggregate.getNullHandling() != null
                || aggregate.getLimit() != null
                || aggregate.getOnOverflowTruncate() != null
                || aggregate.getDefaultValue() != null
                || aggregate.getWindowElement() != null
                || aggregate.getFilterExpression() == null;
        String name = name(aggregate.getName());
        if (extra || !Aggregates.isOne(name)) {
            throw new NotTranslatable("a window function");
        }
        return aggregates.filtered(aggregate, name);
    }
}
