package dev.sqlmem.plan;

import dev.sqlmem.catalog.ColumnDefinition;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What is gathered while one statement is translated. */
final class Translation {
    final Scope scope;
    final ParameterTypes parameters;
    final List<LiteralClass> literals;
    final List<String> literalTexts;

    /** The columns that the statement needs. */
    final Set<Integer> attnums = new TreeSet<>();

    /** Columns that must equal one value each. */
    final Set<Integer> keyed = new TreeSet<>();

    /** Literals whose values the translation depends on. */
    final Set<Integer> positions = new TreeSet<>();

    /** Operators and functions that it is built on, which a user may have others of. */
    final Set<String> names = new TreeSet<>();

    /** Whether the answer or an argument depends on the session's time zone. */
    boolean zoned;

    /** Whether anything goes beyond what is described without asking the server. */
    boolean beyond;

    /** Whether a row may turn out not to be for the cache. */
    boolean fallible;

    Translation(Scope scope, ParameterTypes parameters, List<LiteralClass> literals, List<String> literalTexts) {
        this.scope = scope;
        this.parameters = parameters;
        this.literals = literals;
        this.literalTexts = literalTexts;
    }

    /** Notes that the column is needed. */
    void touch(ColumnDefinition column) {
        attnums.add(column.attnum());
        if (column.typeOid() == Oid.TIMESTAMPTZ) {
            zoned = true;
        }
    }

    /** Returns the text of a literal that the translation depends on from now on. */
    String literal(int slot) {
        positions.add(slot);
        return literalTexts.get(slot);
    }

    /** Makes the translation depend on all literals of the slots. */
    void dependOn(Set<Integer> slots) {
        positions.addAll(slots);
    }
}
