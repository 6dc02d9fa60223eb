package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A notice, warning or other remark; it may come at any time.
 *
 * @param fields by their one-byte type, in the order received; of a repeated type the last counts
 */
public record NoticeResponse(Map<Character, String> fields) implements Diagnostic {

    /** Copies the map. */
    public NoticeResponse {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** Writes S, V, C, M and, unless null, H; the severity serves as the localised one, too. */
    public static NoticeResponse of(String severity, String sqlState, String message, @Nullable String hint) {
        return new NoticeResponse(DiagnosticFields.of(severity, sqlState, message, hint));
    }

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.NOTICE_RESPONSE);
        DiagnosticFields.write(out, fields);
        Frame.end(out, start);
    }

    /** Reads the message from its body. */
    public static NoticeResponse decode(ByteBuf body) {
        Map<Character, String> fields = DiagnosticFields.read(body);
        Body.end(body);
        return new NoticeResponse(fields);
    }
}
