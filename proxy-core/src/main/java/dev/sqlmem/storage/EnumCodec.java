package dev.sqlmem.storage;

import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An enumerated type, its values stored as the place of their label among all labels (manual, "Enumerated
 * Types"). A type whose labels change has another codec, with which nothing that was stored before is read.
 */
public final class EnumCodec extends IntegerCodec {
    private final int oid;
    private final byte[][] labels;
    private final Map<ByteBuffer, Integer> places = new HashMap<>();

    /** Creates the codec; {@code labels} are in the type's order. */
    EnumCodec(int oid, List<String> labels) {
        this.oid = oid;
        this.labels = labels.stream()
                .map(label -> label.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        for (int i = 0; i < this.labels.length; i++) {
            places.put(ByteBuffer.wrap(this.labels[i]), i);
        }
    }

    @Override
    public int oid() {
        return oid;
    }

    @Override
    public short length() {
        return 4;
    }

    @Override
    public void writeText(long stored, int typmod, TextSettings settings, ByteBuf out) {
        out.writeBytes(label(stored));
    }

    @Override
    public void writeBinary(long stored, int typmod, ByteBuf out) {
        out.writeBytes(label(stored));
    }

    private byte[] label(long stored) {
        if (stored < 0 || stored >= labels.length) {
            throw new NotExactException("an unknown enum value");
        }
        return labels[(int) stored];
    }

    @Override
    public long readBinary(ByteBuf in, int length, int typmod) {
        byte[] label = new byte[length];
        in.readBytes(label);
        Integer place = places.get(ByteBuffer.wrap(label));
        if (place == null) {
            throw new NotExactException("an unknown enum label");
        }
        return place;
    }

    @Override
    public long readText(ByteBuf in, int length, int typmod, TextSettings settings) {
        return readBinary(in, length, typmod);
    }
}
