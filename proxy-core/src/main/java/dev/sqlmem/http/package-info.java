/**
 * The proxy over HTTP, for people and for monitoring: {@code /} a status page, {@code /status.json} the same
 * as data, {@code /metrics} in Prometheus' text format, {@code /healthz} and {@code /readyz} for probes.
 *
 * <p>An {@code HttpEndpoint} has an event loop of its own, so that nobody who asks for the status holds up a
 * statement; {@code RequestHandler} answers. What takes time, a {@code Snapshot} and its text, is made on a
 * worker. Only GET and HEAD; nothing can be changed here. Whoever reaches the port may read: names of tables
 * and columns, shapes of statements without their values, never rows and never passwords.
 */
@NullMarked
package dev.sqlmem.http;

import org.jspecify.annotations.NullMarked;
