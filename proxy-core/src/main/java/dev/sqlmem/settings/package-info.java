/**
 * The settings: {@link dev.sqlmem.settings.Flag} is the one place that has their names, defaults and help texts, and
 * the texts of durations, sizes and addresses are read and written here. The command line, the library, the demo and
 * {@code sqlmem.settings} read from it.
 */
@NullMarked
package dev.sqlmem.settings;

import org.jspecify.annotations.NullMarked;
