/** Tests of the demo. */
@NullMarked
package dev.sqlmem.demo;

import org.jspecify.annotations.NullMarked;
