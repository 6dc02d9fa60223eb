/**
 * The messages of the frontend/backend protocol, versions 3.0 and 3.2: one record per message,
 * named exactly as in the PostgreSQL manual's chapter "Message Formats".
 */
@NullMarked
package dev.sqlmem.wire.message;

import org.jspecify.annotations.NullMarked;
