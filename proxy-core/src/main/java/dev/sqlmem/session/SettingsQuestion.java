package dev.sqlmem.session;

import dev.sqlmem.database.Database;
import dev.sqlmem.session.decision.Request;
import dev.sqlmem.session.relay.PendingResponse;
import dev.sqlmem.session.relay.RelayLeg;
import dev.sqlmem.session.relay.SettingsProbe;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.wire.message.ErrorResponse;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the session for its settings whenever they may have changed, and takes in the answer. Belongs to the event loop. */
final class SettingsQuestion {
    private final ByteBufAllocator allocator;
    private final Database database;
    private final SessionState state;
    private final RelayLeg leg;
    private final Request request;
    private final Farewell farewell;
    private int epoch;
    private @Nullable Runnable then;

    /** @param request is declined where the settings cannot be read */
    SettingsQuestion(
            ByteBufAllocator allocator,
            Database database,
            SessionState state,
            RelayLeg leg,
            Request request,
            Farewell farewell) {
        this.allocator = allocator;
        this.database = database;
        this.state = state;
        this.leg = leg;
        this.request = request;
        this.farewell = farewell;
    }

    /** Asks; what waits for the upstream to be quiet goes on when the settings are known. */
    void ask() {
        epoch = database.epoch();
        leg.sendQuery(SettingsProbe.question(allocator, state.isReadOnly()), PendingResponse.SETTLE);
    }

    /** Asks; {@code next} runs once they are known. */
    void ask(Runnable next) {
        then = next;
        ask();
        leg.flush();
    }

    void answered(List<String> values, @Nullable ErrorResponse error) {
        if (error == null && !values.isEmpty()) {
            state.settled(SettingsProbe.settings(values, database, state), epoch);
            if (database.zone(state.reported("TimeZone")) == null) {
                database.checkZone(state.reported("TimeZone"));
            }
        } else if (state.isSuspect()) {
            farewell.fatal("08006", "the session's settings cannot be read any more: " + reason(error), null);
        } else {
            request.decline("the session's settings cannot be read");
        }
        Runnable next = then;
        if (next != null) {
            then = null;
            next.run();
        }
    }

    private static String reason(@Nullable ErrorResponse error) {
        if (error == null) {
            return "no answer";
        }
        return error.message();
    }
}
