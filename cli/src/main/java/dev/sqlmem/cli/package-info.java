/**
 * The command line: commands, configuration, log targets, and the wiring of a proxy process.
 *
 * <p>{@link dev.sqlmem.cli.Sqlmem} builds the command tree. Every setting is one constant of {@link
 * dev.sqlmem.settings.Flag}: its flag, its environment variable, its default and its help text. {@link
 * dev.sqlmem.cli.Sources} decides which text counts (flag, then environment, then {@code .env}, then the
 * default), and {@link dev.sqlmem.cli.Configuration} turns texts into checked values, once, before
 * anything is opened. {@code serve} runs the proxy; {@code status}, {@code explain} and {@code invalidate}
 * are ordinary clients of a running proxy that read its {@code sqlmem} schema.
 */
@NullMarked
package dev.sqlmem.cli;

import org.jspecify.annotations.NullMarked;
