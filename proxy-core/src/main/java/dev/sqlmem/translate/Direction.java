package dev.sqlmem.translate;

import net.sf.jsqlparser.statement.select.OrderByElement;

/**
 * The words after a key of ORDER BY. PostgreSQL takes nulls for the greatest, SQLite for the least.
 *
 * @param ascending whether the least come first
 * @param nullsLast where nulls come
 * @param source as the statement has it
 */
record Direction(boolean ascending, boolean nullsLast, String source) {

    static Direction of(OrderByElement element) throws NotTranslatable {
        if (element.isMysqlWithRollup() || element.getWithFill() != null) {
            throw new NotTranslatable("an ORDER BY of another kind");
        }
        boolean ascending = element.isAsc();
        OrderByElement.NullOrdering nulls = element.getNullOrdering();
        boolean last = nulls == null ? ascending : nulls == OrderByElement.NullOrdering.NULLS_LAST;
        String source = ascending ? (element.isAscDescPresent() ? " ASC" : "") : " DESC";
        return new Direction(ascending, last, source + (nulls == null ? "" : last ? " NULLS LAST" : " NULLS FIRST"));
    }

    /** The words for SQLite; an index serves better where nothing is said of nulls that cannot be. */
    String sqlite(Term key) {
        String nulls = key.isNullable() ? (nullsLast ? " NULLS LAST" : " NULLS FIRST") : "";
        return (ascending ? "" : " DESC") + nulls;
    }
}
