package dev.sqlmem.translate.expression;

import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Term;
import net.sf.jsqlparser.schema.Column;

/** What the names of columns mean in the query that is being read. */
public interface ColumnNames {

    /** Returns what a written column means; notes that it is needed. */
    Term column(Column written) throws NotTranslatable;

    /** How often a name has meant a column of a query further out. */
    int outerReads();
}
