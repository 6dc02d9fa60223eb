/** Turns a statement's text into its shape, and the shape into a route. */
@NullMarked
package dev.sqlmem.plan;

import org.jspecify.annotations.NullMarked;
