package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Offers SASL mechanisms, the preferred one first.
 *
 * @param mechanisms their IANA names, none empty
 */
public record AuthenticationSASL(List<String> mechanisms) implements Authentication {
    static final int SASL = 10;

    /** Copies the list. */
    public AuthenticationSASL {
        mechanisms = List.copyOf(mechanisms);
    }

    static AuthenticationSASL decodeMechanisms(ByteBuf body) {
        List<String> mechanisms = new ArrayList<>();
        for (String name = Body.string(body); !name.isEmpty(); name = Body.string(body)) {
            mechanisms.add(name);
        }
        return new AuthenticationSASL(mechanisms);
    }

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.AUTHENTICATION);
        out.writeInt(SASL);
        mechanisms.forEach(mechanism -> WireString.write(out, mechanism));
        out.writeByte(0);
        Frame.end(out, start);
    }
}
