package dev.sqlmem.session.relay;

import dev.sqlmem.database.Database;
import dev.sqlmem.session.state.SessionSettings;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.wire.message.Bind;
import dev.sqlmem.wire.message.Close;
import dev.sqlmem.wire.message.DataRow;
import dev.sqlmem.wire.message.Execute;
import dev.sqlmem.wire.message.Parse;
import dev.sqlmem.wire.message.Sync;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The proxy's question to the client's own upstream session: which settings shape its answers.
 *
 * <p>Asked after login and whenever something may have changed them. It runs in the extended protocol
 * under names of its own, so that the client's unnamed statement and portal stay.
 */
public final class SettingsProbe {
    private static final String NAME = "sqlmem settle";

    private static final String SQL = "SELECT current_user::pg_catalog.text,"
            + " (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(s), ', ' ORDER BY o)"
            + " FROM pg_catalog.unnest(pg_catalog.current_schemas(true)) WITH ORDINALITY u(s, o)),"
            + " pg_catalog.current_setting('bytea_output'),"
            + " pg_catalog.current_setting('extra_float_digits'),"
            + " pg_catalog.current_setting('default_transaction_isolation'),"
            + " pg_catalog.current_setting('transform_null_equals'),"
            + " pg_catalog.current_setting('array_nulls'),"
            + " pg_catalog.pg_my_temp_schema()::pg_catalog.int8::pg_catalog.text";

    private static final String PIN = ", pg_catalog.set_config('default_transaction_read_only', 'on', false)";

    private SettingsProbe() {}

    /** Returns the frames that ask; {@code pin} switches the session back to read-only as well. */
    public static ByteBuf question(ByteBufAllocator allocator, boolean pin) {
        ByteBuf frames = allocator.buffer(1024);
        new Parse(NAME, pin ? SQL + PIN : SQL, List.of()).encode(frames);
        new Bind(NAME, NAME, List.of(), List.of(), List.of()).encode(frames);
        new Execute(NAME, 0).encode(frames);
        new Close(Close.PORTAL, NAME).encode(frames);
        new Close(Close.STATEMENT, NAME).encode(frames);
        Sync.INSTANCE.encode(frames);
        return frames;
    }

    /** The values of the answer's one row; a NULL is an empty text. */
    static List<String> values(DataRow row) {
        List<String> values = new ArrayList<>(row.values().size());
        for (ByteBuf value : row.values()) {
            if (value == null) {
                values.add("");
            } else {
                values.add(value.toString(StandardCharsets.UTF_8));
            }
        }
        return values;
    }

    /** Reads those values as the settings of the session. */
    public static SessionSettings settings(List<String> values, Database database, SessionState state) {
        String path = values.get(1);
        return new SessionSettings(
                database.space(path),
                database.rights(values.get(0)),
                values.get(2).equals("hex"),
                isPositive(values.get(3)),
                values.get(4).startsWith("read "),
                obstacle(values, state));
    }

    private static boolean isPositive(String number) {
        return !number.startsWith("-") && !number.equals("0");
    }

    private static @Nullable String obstacle(List<String> values, SessionState state) {
        String path = values.get(1);
        if (!values.get(7).equals("0")) {
            return "the session has used temporary tables";
        }
        if (!path.equals("pg_catalog") && !path.startsWith("pg_catalog, ")) {
            return "pg_catalog is not first in search_path";
        }
        if (!values.get(5).equals("off")) {
            return "transform_null_equals is on";
        }
        if (!values.get(6).equals("on")) {
            return "array_nulls is off";
        }
        return state.reportedObstacle();
    }
}
