package dev.sqlmem.storage;

import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;

/**
 * A type whose values are stored as SQLite text (UTF-8) or blobs.
 *
 * <p>The same rules as for {@link IntegerCodec} hold: no length words, readers consume exactly {@code
 * length} bytes, no buffer changes hands.
 */
public abstract non-sealed class BytesCodec extends TypeCodec {

    /** Appends the text form, as the upstream prints it under {@code settings}. */
    public abstract void writeText(byte[] stored, int typmod, TextSettings settings, ByteBuf out);

    /** Appends the binary form, as the type's send function makes it. */
    public abstract void writeBinary(byte[] stored, int typmod, ByteBuf out);

    /** Reads a binary value; {@code typmod} is that of the column it is stored in. */
    public abstract byte[] readBinary(ByteBuf in, int length, int typmod);

    /** Reads a text value in canonical form; {@code typmod} is that of the column it is compared with. */
    public abstract byte[] readText(ByteBuf in, int length, int typmod, TextSettings settings);
}
