/** What the proxy says of itself. */
@NullMarked
package dev.sqlmem.admin;

import org.jspecify.annotations.NullMarked;
