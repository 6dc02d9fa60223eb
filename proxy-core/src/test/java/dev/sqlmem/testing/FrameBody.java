package dev.sqlmem.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Puts a message's body together: big-endian numbers and zero-terminated strings. */
public final class FrameBody {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public FrameBody int32(int value) {
        return bytes(ByteBuffer.allocate(4).putInt(value).array());
    }

    public FrameBody int16(int value) {
        return bytes(ByteBuffer.allocate(2).putShort((short) value).array());
    }

    public FrameBody int8(int value) {
        out.write(value);
        return this;
    }

    /** UTF-8 and a zero byte. */
    public FrameBody string(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8)).int8(0);
    }

    public FrameBody bytes(byte[] value) {
        out.writeBytes(value);
        return this;
    }

    public byte[] toBytes() {
        return out.toByteArray();
    }

    public Frame as(char tag) {
        return new Frame(tag, toBytes());
    }
}
