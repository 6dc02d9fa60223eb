package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The common body of {@link ErrorResponse} and of NoticeResponse: typed strings up to a zero byte. */
final class DiagnosticFields {
    private DiagnosticFields() {}

    static Map<Character, String> of(String severity, String sqlState, String message, @Nullable String hint) {
        Map<Character, String> fields = new LinkedHashMap<>();
        fields.put('S', severity);
        fields.put('V', severity);
        fields.put('C', sqlState);
        fields.put('M', message);
        if (hint != null) {
            fields.put('H', hint);
        }
        return fields;
    }

    static Map<Character, String> read(ByteBuf body) {
        Map<Character, String> fields = new LinkedHashMap<>();
        for (byte type = Body.int8(body); type != 0; type = Body.int8(body)) {
            fields.put((char) (type & 0xff), Body.string(body));
        }
        return fields;
    }

    static void write(ByteBuf out, Map<Character, String> fields) {
        fields.forEach((type, value) -> {
            out.writeByte(type);
            WireString.write(out, value);
        });
        out.writeByte(0);
    }
}
