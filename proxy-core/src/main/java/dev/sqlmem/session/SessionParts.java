package dev.sqlmem.session;

import dev.sqlmem.session.relay.ClientOutput;
import dev.sqlmem.session.state.SessionState;
import io.netty.channel.Channel;

/**
 * What every phase of a session has at hand. Belongs to the event loop.
 *
 * @param context what all sessions share
 * @param client the client's side
 * @param state what is known of the session
 * @param info the session as others see it
 * @param turns leads to the next phase, or to the end
 */
record SessionParts(SessionContext context, Client client, SessionState state, SessionInfo info, SessionTurns turns) {

    Channel channel() {
        return client.channel();
    }

    ClientOutput output() {
        return client.output();
    }
}
