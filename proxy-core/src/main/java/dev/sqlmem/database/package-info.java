/**
 * One database of the upstream server as all its sessions share it: plans, the cached tables, what
 * roles may read, which time zones can be trusted, and the watch over the system catalogs.
 *
 * <p>{@code Databases} opens each on first use. Everything that asks the server runs on worker threads
 * and comes back as a future; what an event loop calls directly never blocks. A change in the catalogs
 * starts a new <em>epoch</em>: plans and rights of an older one count no more.
 */
@NullMarked
package dev.sqlmem.database;

import org.jspecify.annotations.NullMarked;
