package dev.sqlmem.testing;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A value to bind: the type that Parse declares (0: none), the format, and the bytes, which are
 * sent as they are, right or wrong.
 */
public final class Parameter {
    public static final short TEXT = 0;
    public static final short BINARY = 1;

    private final int oid;
    private final short format;
    private final byte @Nullable [] bytes;

    public Parameter(int oid, short format, byte @Nullable [] bytes) {
        this.oid = oid;
        this.format = format;
        this.bytes = bytes;
    }

    /** Text format, no declared type. */
    public static Parameter text(@Nullable String value) {
        return new Parameter(0, TEXT, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    }

    public static Parameter binary(int oid, byte[] value) {
        return new Parameter(oid, BINARY, value);
    }

    public int oid() {
        return oid;
    }

    public short format() {
        return format;
    }

    public byte @Nullable [] bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        String type = oid == 0 ? "" : "::" + oid;
        if (bytes == null) {
            return "NULL" + type;
        }
        return format == TEXT
                ? "'" + new String(bytes, StandardCharsets.UTF_8) + "'" + type
                : "0x" + HexFormat.of().formatHex(bytes) + type;
    }
}
