/** Tests of the cache file by itself, without an upstream server. */
@NullMarked
package dev.sqlmem.snapshot;

import org.jspecify.annotations.NullMarked;
