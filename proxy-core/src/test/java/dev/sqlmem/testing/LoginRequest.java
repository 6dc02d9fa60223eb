package dev.sqlmem.testing;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whom to connect to and as whom.
 *
 * @param parameters further start-up parameters, in the order sent
 * @param timeout how long to wait for any one frame before the test fails
 */
public record LoginRequest(
        String host,
        int port,
        String user,
        String database,
        @Nullable String password,
        Map<String, String> parameters,
        Duration timeout) {

    /** The superuser of the tests' PostgreSQL, over loopback, 30 s a frame. */
    public static LoginRequest to(int port, String database) {
        return new LoginRequest("127.0.0.1", port, "postgres", database, null, Map.of(), Duration.ofSeconds(30));
    }

    public LoginRequest as(String otherUser, @Nullable String withPassword) {
        return new LoginRequest(host, port, otherUser, database, withPassword, parameters, timeout);
    }

    public LoginRequest set(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return new LoginRequest(host, port, user, database, password, more, timeout);
    }

    public LoginRequest within(Duration limit) {
        return new LoginRequest(host, port, user, database, password, parameters, limit);
    }

    /** The start-up packet of protocol 3.0, length word included. */
    byte[] startupPacket() {
        FrameBody body = new FrameBody().int32(3 << 16).string("user").string(user);
        body.string("database").string(database);
        parameters.forEach((name, value) -> body.string(name).string(value));
        byte[] bytes = body.int8(0).toBytes();
        return new FrameBody().int32(4 + bytes.length).bytes(bytes).toBytes();
    }
}
