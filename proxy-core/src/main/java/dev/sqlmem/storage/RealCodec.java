package dev.sqlmem.storage;

import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;

/**
 * A floating-point type. Its values are stored as SQLite's doubles, which keep the sign of a zero in a
 * column without affinity, and NaN as text.
 *
 * <p>The same rules as for {@link IntegerCodec} hold. Zero and minus zero are equal, yet look different.
 */
public abstract non-sealed class RealCodec extends TypeCodec {

    @Override
    public final StorageClass storage() {
        return StorageClass.REAL;
    }

    @Override
    public final boolean isIdentity() {
        return false;
    }

    @Override
    public TextDependence textDependence() {
        return TextDependence.FLOATS;
    }

    @Override
    public final boolean writesText(TextSettings settings) {
        return settings.shortestFloats();
    }

    /** Appends the text form, as the upstream prints it where {@code extra_float_digits} is above zero. */
    public abstract void writeText(double stored, ByteBuf out);

    /** Appends the binary form, as the type's send function makes it. */
    public abstract void writeBinary(double stored, ByteBuf out);

    /** Reads a binary value. */
    public abstract double readBinary(ByteBuf in, int length);

    /** Reads a text value in canonical form: plain digits, an exponent, {@code NaN}, {@code ±Infinity}. */
    public abstract double readText(ByteBuf in, int length);
}
