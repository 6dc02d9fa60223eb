package dev.sqlmem.storage;

import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;

/**
 * A type whose values are stored as SQLite integers.
 *
 * <p>Writers append the value's bytes without a length word. Readers consume exactly {@code length}
 * bytes from the buffer's reader index and throw {@link NotExactException} where the value cannot be
 * held or is not in canonical form. No method takes ownership of a buffer.
 */
public abstract non-sealed class IntegerCodec extends TypeCodec {

    @Override
    public final StorageClass storage() {
        return StorageClass.INTEGER;
    }

    /** Appends the text form, as the upstream prints it under {@code settings}. */
    public abstract void writeText(long stored, int typmod, TextSettings settings, ByteBuf out);

    /** Appends the binary form, as the type's send function makes it. */
    public abstract void writeBinary(long stored, int typmod, ByteBuf out);

    /** Reads a binary value; {@code typmod} is that of the column it is stored in. */
    public abstract long readBinary(ByteBuf in, int length, int typmod);

    /** Reads a text value in canonical form; {@code typmod} is that of the column it is compared with. */
    public abstract long readText(ByteBuf in, int length, int typmod, TextSettings settings);
}
