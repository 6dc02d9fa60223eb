package dev.sqlmem.plan;

import dev.sqlmem.wire.message.RowDescription;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A RowDescription in wire form, ready to be copied into answers. Immutable. */
public final class ResultDescription {
    private static final int HEADER = 7;
    private static final int FIXED = 19;

    private final RowDescription message;
    private final byte[] frame;
    private final int[] formats;

    /** Takes the description with all formats text. */
    public ResultDescription(RowDescription message) {
        this.message = message;
        ByteBuf buffer = Unpooled.buffer();
        message.encode(buffer);
        frame = new byte[buffer.readableBytes()];
        buffer.readBytes(frame);
        List<RowDescription.Field> fields = message.fields();
        formats = new int[fields.size()];
        int at = HEADER;
        for (int i = 0; i < formats.length; i++) {
            at += fields.get(i).name().getBytes(StandardCharsets.UTF_8).length + FIXED;
            formats[i] = at - Short.BYTES;
        }
    }

    public RowDescription message() {
        return message;
    }

    /** Appends the frame; {@code binary} says which columns are sent in binary, null: none. */
    public void write(ByteBuf out, boolean @Nullable [] binary) {
        int start = out.writerIndex();
        out.writeBytes(frame);
        for (int i = 0; binary != null && i < formats.length; i++) {
            out.setShort(start + formats[i], binary[i] ? 1 : 0);
        }
    }

    /** Whether rows look the same to a client that was told the other description (names and types). */
    public boolean isSameRow(ResultDescription other) {
        List<RowDescription.Field> mine = message.fields();
        List<RowDescription.Field> theirs = other.message.fields();
        if (mine.size() != theirs.size()) {
            return false;
        }
        for (int i = 0; i < mine.size(); i++) {
            RowDescription.Field a = mine.get(i);
            RowDescription.Field b = theirs.get(i);
            if (!a.name().equals(b.name()) || a.typeOid() != b.typeOid() || a.typmod() != b.typmod()) {
                return false;
            }
        }
        return true;
    }
}
