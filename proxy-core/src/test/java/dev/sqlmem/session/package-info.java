/** One client's conversation, in parts. */
@NullMarked
package dev.sqlmem.session;

import org.jspecify.annotations.NullMarked;
