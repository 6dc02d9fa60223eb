/** Tests of the command line. */
@NullMarked
package dev.sqlmem.cli;

import org.jspecify.annotations.NullMarked;
