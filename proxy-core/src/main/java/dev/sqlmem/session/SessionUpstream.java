package dev.sqlmem.session;

import dev.sqlmem.database.Databases;
import dev.sqlmem.upstream.relay.RelayConnector;

/**
 * Where sessions lead.
 *
 * @param databases what is known of the upstream's databases
 * @param connector opens a session's own connection, and those of its cancel requests
 */
public record SessionUpstream(Databases databases, RelayConnector connector) {}
