package dev.sqlmem.contract;

import dev.sqlmem.testing.ExtendedQuery;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.Parameter;
import dev.sqlmem.testing.RawClient;
import java.util.Arrays;

/** A client that asks and reads; used by one thread. */
final class Client implements AutoCloseable {
    private final RawClient raw;

    Client(LoginRequest login) {
        this.raw = RawClient.connect(login);
    }

    RawClient raw() {
        return raw;
    }

    /** Asks by the simple protocol. */
    Reply ask(String sql) {
        return new Reply(raw.simpleQuery(sql));
    }

    /** The same, where an error fails the test. */
    Reply run(String sql) {
        Reply reply = ask(sql);
        if (reply.failed()) {
            throw new AssertionError(sql + ": " + reply.frames());
        }
        return reply;
    }

    /** Asks by the extended protocol, with unnamed statement and portal. */
    Reply extended(String sql, Object... parameters) {
        return new Reply(raw.extended(ExtendedQuery.of(sql)
                .with(Arrays.stream(parameters)
                        .map(value -> Parameter.text(String.valueOf(value)))
                        .toArray(Parameter[]::new))));
    }

    /** Sends frames that end in one Sync and reads up to its answer. */
    Reply frames(Frame... frames) {
        raw.send(frames);
        return new Reply(raw.readUntilReady());
    }

    @Override
    public void close() {
        raw.close();
    }
}
