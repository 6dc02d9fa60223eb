/**
 * SQLmem as a library: {@link dev.sqlmem.SqlMem} starts a proxy within the JVM, for tests of applications for
 * instance. The packages below are its inside.
 */
@NullMarked
package dev.sqlmem;

import org.jspecify.annotations.NullMarked;
