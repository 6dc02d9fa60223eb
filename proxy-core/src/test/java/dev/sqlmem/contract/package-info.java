/**
 * The product's contract, asked of the whole proxy in front of a real PostgreSQL: what is cached, what
 * is refused, what is relayed, and that a client can't talk its way around any of it.
 *
 * <p>Each class has a {@link dev.sqlmem.contract.Scene} of its own: a database, a proxy, and between the
 * proxy and the server an {@link dev.sqlmem.contract.UpstreamTap} that sees every statement the server
 * is sent. That tap, not the proxy's own counters, says whether an answer came from the cache.
 */
@NullMarked
package dev.sqlmem.contract;

import org.jspecify.annotations.NullMarked;
