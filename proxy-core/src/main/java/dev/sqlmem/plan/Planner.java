package dev.sqlmem.plan;

import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TableName;
import dev.sqlmem.plan.SelectTranslator.Translated;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a shape that may be answered from the cache. Runs the parser: never on an event loop. */
public final class Planner {

    /** Looks a table up upstream. */
    public interface TableResolver {
        /** Returns the table that the name means under the plan's search path, or null. */
        @Nullable
        TableDefinition resolve(TableName name) throws Exception;
    }

    private Planner() {}

    /**
     * Plans a SELECT that the classifier lets through.
     *
     * @param shape the statement's shape
     * @param literals the literals of this text
     * @param declared the parameter types that Parse declares
     * @param resolver finds the table; its exceptions are passed on
     */
    public static Planned plan(ShapeBytes shape, LiteralSource literals, List<Integer> declared, TableResolver resolver)
            throws Exception {
        try {
            List<LiteralClass> classes = List.of(shape.literalClasses());
            ParsedSelect parsed = ParsedSelect.parse(shape.parserText(), classes, texts(classes, literals));
            TableName name = SelectTranslator.tableName(parsed.from());
            TableDefinition table = resolver.resolve(name);
            if (table == null) {
                throw new NotTranslatable("no table " + name);
            }
            if (table.notCacheable() != null) {
                throw new NotTranslatable(table.qualifiedName() + ": " + table.notCacheable());
            }
            Translated translated = new SelectTranslator(parsed, table, declared, false).translate();
            return new Planned(
                    new Serve(translated.read()),
                    translated.positions().stream().mapToInt(Integer::intValue).toArray());
        } catch (NotTranslatable e) {
            return new Planned(new Route.Relay(String.valueOf(e.getMessage())), new int[0]);
        }
    }

    static List<String> texts(List<LiteralClass> classes, LiteralSource literals) {
        List<String> texts = new ArrayList<>(classes.size());
        for (int i = 0; i < classes.size(); i++) {
            texts.add(literals.literalText(i));
        }
        return texts;
    }
}
