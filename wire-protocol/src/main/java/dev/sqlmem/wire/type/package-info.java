/**
 * How PostgreSQL writes values, in text and binary: calendars and times of day, intervals, numbers, arrays, addresses,
 * under the settings that shape them ({@link dev.sqlmem.wire.type.TextSettings}).
 *
 * <p>Writing is exact. Reading accepts a strict canonical subset of what PostgreSQL accepts and throws {@link
 * dev.sqlmem.wire.type.NotExactException} for the rest.
 */
@NullMarked
package dev.sqlmem.wire.type;

import org.jspecify.annotations.NullMarked;
