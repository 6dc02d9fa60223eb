package dev.sqlmem.sql.classify;

import dev.sqlmem.catalog.TableName;
import java.util.HashSet;
import java.util.Set;

/**
 * What a statement, or a string of them, touches and changes, as far as its text tells.
 *
 * @param tables user tables: those a query reads, those a write changes (not those that its triggers,
 *     foreign keys or rules change)
 * @param everything whether other tables than those may be read or changed as well (DDL, DO, CALL,
 *     EXECUTE, TRUNCATE … CASCADE)
 * @param changesRows whether it changes rows of {@code tables}; else it only reads or locks them
 * @param code the code that it runs unseen: settings may change by it, and where the session can write, tables
 * @param valueDependent whether another literal in the same place could change this classification
 * @param settings the settings that may change, in lower case
 * @param allSettings whether any setting may change
 * @param beginsTransaction whether a transaction block may begin
 * @param endsTransaction whether a transaction block may end
 * @param isolation whether it speaks of the isolation level
 * @param createsTemp whether it may create a temporary relation, which can hide another
 * @param preparesSql whether it adds or removes statements prepared by SQL
 * @param copyIn whether it starts COPY … FROM STDIN
 * @param copyOut whether it starts COPY … TO STDOUT
 * @param locked the tables that it locks against readers until its transaction ends
 */
public record Effects(
        Set<TableName> tables,
        boolean everything,
        boolean changesRows,
        HiddenCode code,
        boolean valueDependent,
        Set<String> settings,
        boolean allSettings,
        boolean beginsTransaction,
        boolean endsTransaction,
        boolean isolation,
        boolean createsTemp,
        boolean preparesSql,
        boolean copyIn,
        boolean copyOut,
        Set<TableName> locked) {

    /** No effects. */
    public static final Effects NONE = new Effects(
            Set.of(),
            false,
            false,
            HiddenCode.NONE,
            false,
            Set.of(),
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            false,
            Set.of());

    public Effects {
        tables = Set.copyOf(tables);
        settings = Set.copyOf(settings);
        locked = Set.copyOf(locked);
    }

    /** Whether it may run code that is not known to be harmless. */
    public boolean unknownFunctions() {
        return code.isThere();
    }

    /** Whether any setting may change in a way that the text shows. */
    public boolean changesSettings() {
        return allSettings || !settings.isEmpty();
    }

    /** Returns the effects of both. */
    public Effects and(Effects other) {
        return new Effects(
                union(tables, other.tables),
                everything || other.everything,
                changesRows || other.changesRows,
                code.and(other.code),
                valueDependent || other.valueDependent,
                union(settings, other.settings),
                allSettings || other.allSettings,
                beginsTransaction || other.beginsTransaction,
                endsTransaction || other.endsTransaction,
                isolation || other.isolation,
                createsTemp || other.createsTemp,
                preparesSql || other.preparesSql,
                copyIn || other.copyIn,
                copyOut || other.copyOut,
                union(locked, other.locked));
    }

    private static <T> Set<T> union(Set<T> left, Set<T> right) {
        Set<T> union = new HashSet<>(left);
        union.addAll(right);
        return union;
    }
}
