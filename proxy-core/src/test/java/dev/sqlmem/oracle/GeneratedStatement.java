package dev.sqlmem.oracle;

import dev.sqlmem.testing.RowOrder;

/**
 * A statement and what is known of its answer.
 *
 * @param label the construct that it is about
 * @param columns the number of its output columns, 0 where unknown
 * @param failing whether it is wrong on purpose
 */
record GeneratedStatement(String label, SqlText text, RowOrder order, int columns, boolean failing) {}
