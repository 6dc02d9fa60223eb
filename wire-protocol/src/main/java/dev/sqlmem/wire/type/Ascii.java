package dev.sqlmem.wire.type;

import io.netty.buffer.ByteBuf;

/** Comparison of a value's text with a fixed spelling. */
public final class Ascii {
    private Ascii() {}

    /** Whether the next {@code length} bytes are exactly {@code expected}; moves nothing. */
    public static boolean equals(ByteBuf in, int length, String expected) {
        if (length != expected.length()) {
            return false;
        }
        int start = in.readerIndex();
        for (int i = 0; i < length; i++) {
            if (in.getByte(start + i) != expected.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
