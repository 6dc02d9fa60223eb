/**
 * The proxy as a whole: listening, TLS, the pipeline of each connection, draining on stop.
 *
 * <p>{@link dev.sqlmem.server.ProxyServer} binds the port and owns the threads: event loops that read
 * and answer, workers for statements that may take long, loaders for tables. Each accepted connection
 * gets a start-up handler and, once it has said whom it is, a session.
 */
@NullMarked
package dev.sqlmem.server;

import org.jspecify.annotations.NullMarked;
