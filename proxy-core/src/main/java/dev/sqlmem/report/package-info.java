/**
 * What the proxy reports of itself, as plain data: each {@link dev.sqlmem.report.Report} is the one list of a report's
 * columns, with name, type, meaning and value. SQL, {@code /status.json} and the documents are made from it.
 */
@NullMarked
package dev.sqlmem.report;

import org.jspecify.annotations.NullMarked;
