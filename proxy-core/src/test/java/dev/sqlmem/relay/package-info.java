/**
 * The proxy as the client's way to its upstream session: logging in, encryption, versions, and everything
 * that the cache has no part in.
 *
 * <p>{@link dev.sqlmem.relay.SecuredPostgres} is a second server, with TLS and every way to sign in; {@link
 * dev.sqlmem.relay.Peer} is a bare socket for what no well-behaved client does.
 */
@NullMarked
package dev.sqlmem.relay;

import org.jspecify.annotations.NullMarked;
