package dev.sqlmem.translate;

import dev.sqlmem.cache.sqlite.ReadQuery;
import dev.sqlmem.plan.ResultDescription;
import dev.sqlmem.plan.TranslatedQuery;
import dev.sqlmem.translate.query.Queries;
import dev.sqlmem.translate.query.TableResolver;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.ParameterTypes;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Translation;
import dev.sqlmem.wire.message.RowDescription;
import dev.sqlmem.wire.type.Oid;
import java.util.List;
import java.util.Set;

/**
 * Translates a query for SQLite.
 *
 * <p>A whitelist in two ways: only known kinds of syntax nodes are handled, and the statement written
 * back from what was handled must have the tokens of the original (see {@link ParsedSelect#mustEqual}).
 */
final class SelectTranslator {

    /**
     * A translated statement.
     *
     * @param read what SQLite runs
     * @param positions literal slots whose values the translation depends on (ORDER BY 1)
     * @param names the operators and functions that it is built on
     * @param beyond whether its description is inferred by rules that the server is to confirm
     */
    record Translated(TranslatedQuery read, Set<Integer> positions, Set<String> names, boolean beyond) {}

    private final ParsedSelect parsed;
    private final Translation out;
    private final Queries queries;

    /** Creates a translator; {@code declared} are the parameter types of Parse. */
    SelectTranslator(ParsedSelect parsed, TableResolver tables, List<Integer> declared) {
        this(parsed, tables, declared, false);
    }

    /**
     * The same for a table of the proxy's own, where parameter {@code used} (from 0) stands outside of the
     * text that was parsed, and no server can be asked whether the statement is right.
     */
    static SelectTranslator local(ParsedSelect parsed, TableResolver tables, List<Integer> declared, int used)
            throws NotTranslatable {
        SelectTranslator translator = new SelectTranslator(parsed, tables, declared, true);
        if (used >= 0) {
            translator.out.parameters.at(used, Oid.TEXT);
        }
        return translator;
    }

    private SelectTranslator(ParsedSelect parsed, TableResolver tables, List<Integer> declared, boolean local) {
        this.parsed = parsed;
        this.out = new Translation(new ParameterTypes(declared), parsed.literals(), parsed.literalValues(), local);
        this.queries = new Queries(out, tables);
        out.positions.addAll(parsed.modifiers());
        out.intervalFields.putAll(parsed.intervalFields());
    }

    Translated translate() throws NotTranslatable {
        Queries.Top top = queries.statement(parsed.select(), parsed.isOffsetFirst());
        parsed.mustEqual(top.source());
        Sql.Statement sql = top.sql().statement(out.tables.schemas(), out.carried);
        String open;
        if (out.limitedInside && top.open().isEmpty()) {
            open = "which rows a LIMIT inside leaves";
        } else {
            open = top.open();
        }
        TranslatedQuery read = new TranslatedQuery(
                new ReadQuery(sql.text(), sql.bindings().size()),
                sql.bindings(),
                top.projection().outputs,
                new ResultDescription(new RowDescription(top.projection().fields)),
                out.parameters.resolved(),
                out.tables.list(),
                out.lookups,
                out.uniqueKeys,
                out.asciiTexts,
                out.zoned,
                open,
                !top.sql().isFailing() && !top.projection().isFailing(),
                top.shownKeys(),
                top.limited() || out.limitedInside);
        return new Translated(read, out.positions, out.names, out.beyond);
    }
}
