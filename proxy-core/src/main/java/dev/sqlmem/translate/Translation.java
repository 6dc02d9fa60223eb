package dev.sqlmem.translate;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.plan.AsciiText;
import dev.sqlmem.plan.Lookups;
import dev.sqlmem.plan.UniqueKey;
import dev.sqlmem.sql.shape.LiteralClass;
import dev.sqlmem.storage.TypeCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is gathered while one statement is translated. */
final class Translation {
    /** The names that can be used now; changes with each query inside of the statement. */
    Scope scope = Scope.NOTHING;

    /** The queries that WITH has named so far. */
    @Nullable
    CommonTables commonTables;

    final ParameterTypes parameters;
    final List<LiteralClass> literals;
    final List<String> literalTexts;

    /** The tables that the statement reads. */
    final TableUses tables = new TableUses();

    /** How its rows are found. */
    final Lookups lookups = new Lookups();

    /** Keys without which the statement could mean something else. */
    final List<UniqueKey> uniqueKeys = new ArrayList<>();

    /** Columns that must be ASCII, or the statement could mean something else. */
    final List<AsciiText> asciiTexts = new ArrayList<>();

    /** The fields of interval literals that have one behind them, by slot. */
    final Map<Integer, String> intervalFields = new HashMap<>();

    /** Literals whose values the translation depends on. */
    final Set<Integer> positions = new TreeSet<>();

    /** Operators and functions that it is built on, which a user may have others of. */
    final Set<String> names = new TreeSet<>();

    /** Whether the answer or an argument depends on the session's time zone. */
    boolean zoned;

    /** Whether anything goes beyond what is described without asking the server. */
    boolean beyond;

    /** Whether a query inside has LIMIT or OFFSET. */
    boolean limitedInside;

    /** The named queries that have been read at least once, by their names in SQLite. */
    final Set<String> commonTablesRead = new TreeSet<>();

    /** How often a name has meant a column of a query further out. */
    int outerReads;

    /** The columns that queries inside have for those around them only, counted from 1; those that are needed. */
    final Set<Integer> carried = new TreeSet<>();

    private int carriers;
    private int relations;
    private final boolean local;

    /** Starts a translation; {@code local} says that there is no server that could be asked. */
    Translation(ParameterTypes parameters, List<LiteralClass> literals, List<String> literalTexts, boolean local) {
        this.local = local;
        this.parameters = parameters;
        this.literals = literals;
        this.literalTexts = literalTexts;
    }

    /** Whether there is no server that could be asked. */
    boolean isLocal() {
        return local;
    }

    /** Notes that only the server can tell whether the statement is right. */
    void requireServer(String why) throws NotTranslatable {
        if (local) {
            throw new NotTranslatable(why);
        }
        beyond = true;
    }

    /** Notes that the column is needed. */
    void touch(TableDefinition table, ColumnDefinition column) {
        tables.touch(table, column);
        TypeCodec codec = column.codec();
        zoned |= codec != null && codec.isZoned();
    }

    /** Returns a number for a column that is only there where it is needed ({@link #carried}). */
    int newCarrier() {
        return ++carriers;
    }

    /** Returns a name for a relation that no other one of the SQLite statement has. */
    String newAlias() {
        return "r" + ++relations;
    }

    /** Returns the text of a literal that the translation depends on from now on. */
    String literal(int slot) {
        positions.add(slot);
        return literalTexts.get(slot);
    }
}
