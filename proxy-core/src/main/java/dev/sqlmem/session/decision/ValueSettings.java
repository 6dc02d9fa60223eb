package dev.sqlmem.session.decision;

import dev.sqlmem.database.Database;
import dev.sqlmem.session.state.SessionSettings;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.upstream.jdbc.ZoneCheck;
import dev.sqlmem.wire.type.TextSettings;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** How a session's values are read and written. Belongs to the event loop. */
public final class ValueSettings {
    private final Database database;
    private final SessionState state;
    private @Nullable TextSettings exact;
    private @Nullable SessionSettings exactOf;
    private String zone = "";

    ValueSettings(Database database, SessionState state) {
        this.database = database;
        this.state = state;
    }

    /** The session's, or null while its time zone is not known to be exact. */
    @SuppressWarnings("ReferenceEquality") // what was asked anew may be other settings
    public @Nullable TextSettings exact(SessionSettings settings) {
        String now = state.reported("TimeZone");
        if (exact != null && exactOf == settings && zone.equals(now)) {
            return exact;
        }
        zone = now;
        exactOf = settings;
        if (database.zone(zone) instanceof ZoneCheck.Proven proven) {
            exact = plain(settings).in(proven.rules(), proven.exactFromMicros());
        } else {
            exact = null;
        }
        return exact;
    }

    /** The session's time zone. */
    String zone() {
        return state.reported("TimeZone");
    }

    /** The same for values that no time zone touches. */
    public TextSettings plain(SessionSettings settings) {
        return new TextSettings(
                settings.byteaHex(),
                settings.shortestFloats(),
                state.dateStyle(),
                state.intervalStyle(),
                ZoneOffset.UTC.getRules(),
                Long.MIN_VALUE);
    }
}
