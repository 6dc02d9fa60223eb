/**
 * The relay leg: a client's own session at the upstream, raw frames both ways, with TLS and cancellation.
 */
@NullMarked
package dev.sqlmem.upstream.relay;

import org.jspecify.annotations.NullMarked;
