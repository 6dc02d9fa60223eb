package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers a start-up packet that asks for a newer minor version or unknown options.
 *
 * @param protocolVersion the newest the server speaks within the major version asked for: the whole
 *     number, major included, as servers send and libpq expects it
 * @param unrecognizedOptions the names, starting with {@code _pq_.}, the server doesn't know
 */
public record NegotiateProtocolVersion(int protocolVersion, List<String> unrecognizedOptions)
        implements BackendMessage {

    /** Copies the list. */
    public NegotiateProtocolVersion {
        unrecognizedOptions = List.copyOf(unrecognizedOptions);
    }

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.NEGOTIATE_PROTOCOL_VERSION);
        out.writeInt(protocolVersion).writeInt(unrecognizedOptions.size());
        unrecognizedOptions.forEach(option -> WireString.write(out, option));
        Frame.end(out, start);
    }

    /** Reads the message from its body. */
    public static NegotiateProtocolVersion decode(ByteBuf body) {
        int protocolVersion = Body.int32(body);
        int count = Body.int32(body);
        ProtocolException.check(count >= 0 && count <= body.readableBytes(), "invalid number of options");
        List<String> options = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            options.add(Body.string(body));
        }
        Body.end(body);
        return new NegotiateProtocolVersion(protocolVersion, options);
    }
}
