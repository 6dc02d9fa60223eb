package dev.sqlmem.translate.type;

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

/** What is gathered while one statement is translated. */
public final class Translation {
    public final ParameterTypes parameters;
    public final List<LiteralClass> literals;
    final List<String> literalTexts;

    /** The tables that the statement reads. */
    public final TableUses tables = new TableUses();

    /** How its rows are found. */
    public final Lookups lookups = new Lookups();

    /** Keys without which the statement could mean something else. */
    public final List<UniqueKey> uniqueKeys = new ArrayList<>();

    /** Columns that must be ASCII, or the statement could mean something else. */
    public final List<AsciiText> asciiTexts = new ArrayList<>();

    /** The fields of interval literals that have one behind them, by slot. */
    public final Map<Integer, String> intervalFields = new HashMap<>();

    /** Literals whose values the translation depends on. */
    public final Set<Integer> positions = new TreeSet<>();

    /** Operators and functions that it is built on, which a user may have others of. */
    public final Set<String> names = new TreeSet<>();

    /** Whether the answer or an argument depends on the session's time zone. */
    public boolean zoned;

    /** Whether anything goes beyond what is described without asking the server. */
    public boolean beyond;

    /** Whether a query inside has LIMIT or OFFSET. */
    public boolean limitedInside;

    /** The columns that queries inside have for those around them only, counted from 1; those that are needed. */
    public final Set<Integer> carried = new TreeSet<>();

    private int carriers;
    private final boolean local;

    /** Starts a translation; {@code local} says that there is no server that could be asked. */
    public Translation(
            ParameterTypes parameters, List<LiteralClass> literals, List<String> literalTexts, boolean local) {
        this.local = local;
        this.parameters = parameters;
        this.literals = literals;
        this.literalTexts = literalTexts;
    }

    /** Whether there is no server that could be asked. */
    public boolean isLocal() {
        return local;
    }

    /** Notes that only the server can tell whether the statement is right. */
    public void requireServer(String why) throws NotTranslatable {
        if (local) {
            throw new NotTranslatable(why);
        }
        beyond = true;
    }

    /** Notes that a wildcard means what the definition says, which the server is asked to confirm. */
    public void confirmWildcard() {
        beyond |= !local;
    }

    /** Notes that the column is needed. */
    public void touch(TableDefinition table, ColumnDefinition column) {
        tables.touch(table, column);
        TypeCodec codec = column.codec();
        zoned |= codec != null && codec.isZoned();
    }

    /** Returns a number for a column that is only there where it is needed ({@link #carried}). */
    public int newCarrier() {
        return ++carriers;
    }

    /** Returns the text of a literal that the translation depends on from now on. */
    public String literal(int slot) {
        positions.add(slot);
        return literalTexts.get(slot);
    }
}
