package dev.sqlmem.session;

import dev.sqlmem.session.relay.ClientOutput;
import io.netty.channel.Channel;

/**
 * The client's side of a session.
 *
 * @param output what goes to the client
 * @param slot the number of the channel's event loop
 */
record Client(Channel channel, ClientOutput output, int slot) {}
