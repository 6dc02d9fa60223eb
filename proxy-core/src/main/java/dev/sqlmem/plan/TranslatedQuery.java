package dev.sqlmem.plan;

import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.cache.sqlite.ReadQuery;
import dev.sqlmem.catalog.TableUse;
import java.util.List;

/**
 * A SELECT translated for SQLite. Immutable and shared by all threads.
 *
 * @param query the SQLite statement
 * @param bindings its parameters in order
 * @param outputs the result's columns
 * @param description the result's description with all formats text
 * @param parameterTypes the type OIDs of the protocol's parameters
 * @param tables the tables that the statement reads, by rising OID, each once
 * @param lookups how its rows are found
 * @param uniqueKeys keys that no two rows may agree in, or it could mean something else
 * @param asciiTexts columns that must be ASCII, or it could mean something else
 * @param zoned whether the answer or an argument depends on the session's time zone
 * @param open what SQL leaves open about the answer, for people; empty where nothing is
 * @param total whether no expression in it can make SQLite or a codec give up at a row; else nothing of an
 *     answer is sent before all of it is there
 * @param sortedBy output columns (from 0) that show the first keys of ORDER BY, in its order
 * @param limited whether it has a LIMIT or OFFSET, so that rows can be left out
 */
public record TranslatedQuery(
        ReadQuery query,
        List<Binding> bindings,
        List<Output> outputs,
        ResultDescription description,
        List<Integer> parameterTypes,
        List<TableUse> tables,
        Lookups lookups,
        List<UniqueKey> uniqueKeys,
        List<AsciiText> asciiTexts,
        boolean zoned,
        String open,
        boolean total,
        List<Integer> sortedBy,
        boolean limited) {

    public TranslatedQuery {
        bindings = List.copyOf(bindings);
        outputs = List.copyOf(outputs);
        parameterTypes = List.copyOf(parameterTypes);
        tables = List.copyOf(tables);
        uniqueKeys = List.copyOf(uniqueKeys);
        asciiTexts = List.copyOf(asciiTexts);
        sortedBy = List.copyOf(sortedBy);
    }

    /** Whether it means the same over these generations of its tables as for the server. */
    public boolean holds(List<Generation> generations) {
        return uniqueKeys.stream().allMatch(key -> key.holds(generations)) && isAscii(generations);
    }

    boolean isAscii(List<Generation> generations) {
        return asciiTexts.stream().allMatch(text -> text.holds(generations));
    }

    /** The same with the server's own description. */
    public TranslatedQuery described(ResultDescription served) {
        return new TranslatedQuery(
                query,
                bindings,
                outputs,
                served,
                parameterTypes,
                tables,
                lookups,
                uniqueKeys,
                asciiTexts,
                zoned,
                open,
                total,
                sortedBy,
                limited);
    }
}
