package dev.sqlmem.session;

import dev.sqlmem.session.relay.ClientOutput;
import dev.sqlmem.session.state.SessionState;
import io.netty.channel.Channel;

/**
 * The client's side of a session, as every phase of it has it. Belongs to the event loop.
 *
 * @param context what all sessions share
 * @param channel the client's connection
 * @param slot the number of the channel's event loop
 * @param output what goes to the client
 * @param state what is known of the session
 * @param info the session as others see it
 * @param turns leads to the next phase, or to the end
 */
record Client(
        SessionContext context,
        Channel channel,
        int slot,
        ClientOutput output,
        SessionState state,
        SessionInfo info,
        SessionTurns turns) {}
