/**
 * What is counted and timed of the sessions' statements: hits, misses, and why others went upstream. Thread-safe, without
 * locks on the way of a statement.
 */
@NullMarked
package dev.sqlmem.session.metrics;

import org.jspecify.annotations.NullMarked;
