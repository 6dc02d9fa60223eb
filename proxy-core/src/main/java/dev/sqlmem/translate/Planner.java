package dev.sqlmem.translate;

import dev.sqlmem.plan.CachedPlan;
import dev.sqlmem.plan.Described;
import dev.sqlmem.plan.Planned;
import dev.sqlmem.plan.Route;
import dev.sqlmem.plan.TranslatedQuery;
import dev.sqlmem.sql.shape.LiteralClass;
import dev.sqlmem.sql.shape.LiteralSource;
import dev.sqlmem.sql.shape.ShapeBytes;
import dev.sqlmem.translate.SelectTranslator.Translated;
import dev.sqlmem.translate.query.Queries;
import dev.sqlmem.translate.query.TableResolver;
import dev.sqlmem.translate.type.NotTranslatable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Makes the plan of a shape that may be answered from the cache. Runs the parser: never on an event loop. */
public final class Planner {

    /** What is asked of the upstream server while a statement is planned, under the plan's search path. */
    public interface Server extends TableResolver {

        /**
         * Returns how the server describes a statement.
         *
         * @param declared the parameter types that Parse declares
         */
        Described describe(String sql, List<Integer> declared) throws Exception;

        /**
         * Returns the functions and operators over the server's own types that somebody has defined where
         * the search path finds them, and {@code ::} where somebody has defined casts between those types.
         */
        Set<String> userDefined() throws Exception;
    }

    private Planner() {}

    /**
     * Plans a SELECT that the classifier lets through.
     *
     * @param shape the statement's shape
     * @param literals the literals of this text
     * @param declared the parameter types that Parse declares
     * @param server answers questions; its exceptions are passed on
     */
    public static Planned plan(ShapeBytes shape, LiteralSource literals, List<Integer> declared, Server server)
            throws Exception {
        try {
            List<LiteralClass> classes = List.of(shape.literalClasses());
            ParsedSelect parsed = ParsedSelect.parse(shape.parserText(), classes, texts(classes, literals));
            Translated translated = new SelectTranslator(parsed, server, declared).translate();
            requireServersOwn(translated, server.userDefined());
            TranslatedQuery read = translated.read();
            if (translated.beyond()) {
                String text = original(shape.parserText(), literals, classes.size());
                read = read.described(Descriptions.confirmed(read, server.describe(text, declared)));
            }
            return new Planned(
                    new CachedPlan(read),
                    translated.positions().stream().mapToInt(Integer::intValue).toArray());
        } catch (Queries.ResolutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (NotTranslatable e) {
            return new Planned(new Route.Relay(String.valueOf(e.getMessage()), e.isOfTable()), new int[0]);
        } catch (StackOverflowError e) {
            // as deep as the parser, the translator and the thread's stack can go; to be remembered, not retried
            return new Planned(new Route.Relay("an expression that is nested too deeply"), new int[0]);
        }
    }

    private static void requireServersOwn(Translated translated, Set<String> userDefined) throws NotTranslatable {
        for (String name : translated.names()) {
            if (userDefined.contains(name)) {
                throw new NotTranslatable("a function or operator " + name + " is user-defined");
            }
        }
        if (translated.beyond() && userDefined.contains("::")) {
            throw new NotTranslatable("there are user-defined casts");
        }
    }

    /** Puts the literals back into the text of a shape. */
    private static String original(String parserText, LiteralSource literals, int count) {
        String text = parserText;
        for (int i = count; i > 0; i--) {
            text = text.replace(" ?" + i + " ", " " + literals.literalText(i - 1) + " ");
        }
        return text;
    }

    static List<String> texts(List<LiteralClass> classes, LiteralSource literals) {
        List<String> texts = new ArrayList<>(classes.size());
        for (int i = 0; i < classes.size(); i++) {
            texts.add(literals.literalText(i));
        }
        return texts;
    }
}
