package dev.sqlmem.session;

import dev.sqlmem.wire.message.ErrorResponse;
import org.jspecify.annotations.Nullable;

/** The last word to a client. Belongs to the event loop. */
final class Farewell {
    private final Client client;
    private boolean over;

    Farewell(Client client) {
        this.client = client;
    }

    /** Tells the client why and ends the session. */
    void fatal(String sqlState, String message, @Nullable String hint) {
        if (!over) {
            ErrorResponse.of("FATAL", sqlState, message, hint)
                    .encode(client.output().buffer());
            client.output().flush();
            hangUp();
        }
    }

    /** Ends the session without a word, as the client wishes. */
    void hangUp() {
        client.channel().close();
    }

    /** Notes that the session has ended. */
    void over() {
        over = true;
    }

    boolean isOver() {
        return over;
    }
}
