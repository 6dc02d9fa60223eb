/**
 * Where the upstream is and how it is reached, as the operator wrote it: libpq's connection URLs, and what to do about each
 * way in which connecting can fail ({@link dev.sqlmem.upstream.url.ConnectionAdvice}).
 */
@NullMarked
package dev.sqlmem.upstream.url;

import org.jspecify.annotations.NullMarked;
