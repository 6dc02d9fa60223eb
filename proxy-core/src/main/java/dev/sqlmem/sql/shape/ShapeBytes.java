package dev.sqlmem.sql.shape;

import dev.sqlmem.sql.lex.Lexer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a shape and their hash; what a map of plans compares.
 *
 * <p>A {@link Shape} equals the {@link ShapeKey} that was copied from it, so that a scratch shape
 * can probe a map without a copy.
 */
public abstract sealed class ShapeBytes permits Shape, ShapeKey {

    byte[] bytes;
    int length;
    long hash;

    ShapeBytes(byte[] bytes, int length, long hash) {
        this.bytes = bytes;
        this.length = length;
        this.hash = hash;
    }

    /** Returns the 64-bit hash of the shape; seeded, so it differs from run to run. */
    public final long hash() {
        return hash;
    }

    /** Returns the shape's length in bytes. */
    public final int length() {
        return length;
    }

    /** Whether the text holds nothing but white space, comments and semicolons. */
    public final boolean isEmpty() {
        return length == 0;
    }

    /** Returns the shape for people, {@code ?} in the place of literals. */
    public final String display() {
        byte[] shown = Arrays.copyOf(bytes, length);
        for (int i = 0; i < shown.length; i++) {
            if (LiteralClass.isMarker(shown[i])) {
                shown[i] = '?';
            }
        }
        return new String(shown, StandardCharsets.UTF_8);
    }

    /**
     * Returns the shape for JSqlParser and {@link Lexer#lexParserText}: literal {@code i}, counted from
     * 0, stands as {@code ?<i+1>} between spaces, so that it touches neither a word nor an operator.
     */
    public final String parserText() {
        StringBuilder text = new StringBuilder(length + 32);
        int literal = 0;
        int from = 0;
        for (int i = 0; i < length; i++) {
            if (LiteralClass.isMarker(bytes[i])) {
                text.append(new String(bytes, from, i - from, StandardCharsets.UTF_8));
                text.append(" ?").append(++literal).append(' ');
                from = i + 1;
            }
        }
        return text.append(new String(bytes, from, length - from, StandardCharsets.UTF_8))
                .toString();
    }

    /** Returns the classes of the literals in order; allocates. */
    public final LiteralClass[] literalClasses() {
        LiteralClass[] classes = new LiteralClass[length];
        int count = 0;
        for (int i = 0; i < length; i++) {
            if (LiteralClass.isMarker(bytes[i])) {
                classes[count++] = LiteralClass.ofMarker(bytes[i]);
            }
        }
        return Arrays.copyOf(classes, count);
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ShapeBytes that
                        && hash == that.hash
                        && length == that.length
                        && Arrays.equals(bytes, 0, length, that.bytes, 0, length));
    }

    @Override
    public final int hashCode() {
        return Long.hashCode(hash);
    }

    @Override
    public final String toString() {
        return display();
    }
}
