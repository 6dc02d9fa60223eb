/**
 * An answer from the cache: arguments bound, rows read from leased generations and written as frames, on the event loop where it
 * is brief, else in slices on a worker; and what is done when SQLite gives up.
 */
@NullMarked
package dev.sqlmem.session.answer;

import org.jspecify.annotations.NullMarked;
