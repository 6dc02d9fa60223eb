/** What tests of all packages share: a real PostgreSQL. */
@NullMarked
package dev.sqlmem.testing;

import org.jspecify.annotations.NullMarked;
