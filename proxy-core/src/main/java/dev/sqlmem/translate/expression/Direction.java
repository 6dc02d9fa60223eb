package dev.sqlmem.translate.expression;

import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Term;
import net.sf.jsqlparser.statement.select.OrderByElement;

/**
 * The words after a key of ORDER BY. PostgreSQL takes nulls for the greatest, SQLite for the least.
 *
 * @param ascending whether the least come first
 * @param nullsLast where nulls come
 * @param source as the statement has it
 */
public record Direction(boolean ascending, boolean nullsLast, String source) {

    public static Direction of(OrderByElement element) throws NotTranslatable {
        if (element.isMysqlWithRollup() || element.getWithFill() != null) {
            throw new NotTranslatable("an ORDER BY of another kind");
        }
        boolean ascending = element.isAsc();
        OrderByElement.NullOrdering nulls = element.getNullOrdering();
        boolean last;
        if (nulls == null) {
            last = ascending;
        } else {
            last = nulls == OrderByElement.NullOrdering.NULLS_LAST;
        }
        String source;
        if (ascending) {
            if (element.isAscDescPresent()) {
                source = " ASC";
            } else {
                source = "";
            }
        } else {
            source = " DESC";
        }
        return new Direction(ascending, last, source + (nulls == null ? "" : last ? " NULLS LAST" : " NULLS FIRST"));
    }

    /** The words for SQLite; an index serves better where nothing is said of nulls that cannot be. */
    public String sqlite(Term key) {
        String nulls;
        if (key.isNullable()) {
            if (nullsLast) {
                nulls = " NULLS LAST";
            } else {
                nulls = " NULLS FIRST";
            }
        } else {
            nulls = "";
        }
        return (ascending ? "" : " DESC") + nulls;
    }
}
