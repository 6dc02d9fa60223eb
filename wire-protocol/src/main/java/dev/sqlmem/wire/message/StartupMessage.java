package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Opens a session.
 *
 * <p>Any major version decodes as long as its layout is that of protocol 3; judging the version is the
 * reader's business. Of a repeated name the last value counts, as it does for PostgreSQL.
 *
 * @param protocolVersion major in the upper 16 bits, minor in the lower
 * @param parameters in the order received; see {@link WireString} for bytes that aren't UTF-8
 */
public record StartupMessage(int protocolVersion, Map<String, String> parameters) implements FrontendMessage {
    /** Protocol 3.0. */
    public static final int VERSION_3_0 = 3 << 16;

    /** Protocol 3.2, which brought longer cancel keys. */
    public static final int VERSION_3_2 = 3 << 16 | 2;

    /** Copies the map. */
    public StartupMessage {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** The major protocol version. */
    public int major() {
        return protocolVersion >>> 16;
    }

    /** The minor protocol version. */
    public int minor() {
        return protocolVersion & 0xffff;
    }

    @Override
    public void encode(ByteBuf out) {
        int start = out.writerIndex();
        out.writeInt(0).writeInt(protocolVersion);
        parameters.forEach((name, value) -> {
            WireString.write(out, name);
            WireString.write(out, value);
        });
        out.writeByte(0);
        out.setInt(start, out.writerIndex() - start);
    }

    /** Reads the message from its body. */
    public static StartupMessage decode(int protocolVersion, ByteBuf body) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String name = Body.string(body); !name.isEmpty(); name = Body.string(body)) {
            parameters.put(name, Body.string(body));
        }
        Body.end(body);
        return new StartupMessage(protocolVersion, parameters);
    }
}
