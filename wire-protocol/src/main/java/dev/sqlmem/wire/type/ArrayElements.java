package dev.sqlmem.wire.type;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The elements of one-dimensional arrays in both formats (manual, "Array Input and Output Syntax"; {@code
 * array_send}). What is unusual raises {@link NotExactException}: more dimensions, white space outside of
 * quotes, explicit bounds.
 */
public final class ArrayElements {
    private static final int HEADER = 12;
    private static final int DIMENSION = 8;

    private ArrayElements() {}

    /** Returns the elements' own bytes, null for NULL; consumes nothing. */
    public static List<byte @Nullable []> binary(ByteBuf in, int length, int elementOid) {
        int start = in.readerIndex();
        if (length < HEADER) {
            throw new NotExactException("an array without header");
        }
        int dimensions = in.getInt(start);
        if (dimensions == 0 && length == HEADER && in.getInt(start + 8) == elementOid) {
            return List.of();
        }
        if (dimensions != 1 || length < HEADER + DIMENSION || in.getInt(start + 8) != elementOid) {
            throw new NotExactException("an array of another kind");
        }
        int count = in.getInt(start + HEADER);
        int at = start + HEADER + DIMENSION;
        int end = start + length;
        List<byte @Nullable []> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int size;
            if (at + Integer.BYTES <= end) {
                size = in.getInt(at);
            } else {
                size = Integer.MAX_VALUE;
            }
            at += Integer.BYTES;
            if (size < -1 || size > end - at) {
                throw new NotExactException("an array that ends early");
            }
            byte[] element;
            if (size < 0) {
                element = null;
            } else {
                element = new byte[size];
            }
            if (element != null) {
                in.getBytes(at, element);
                at += size;
            }
            elements.add(element);
        }
        if (at != end || count < 0) {
            throw new NotExactException("an array with more than its elements");
        }
        return elements;
    }

    /** Returns the elements' texts in UTF-8, null for NULL. */
    public static List<byte @Nullable []> text(byte[] in) {
        int last = in.length - 1;
        if (in.length < 2 || in[0] != '{' || in[last] != '}') {
            throw new NotExactException("an array that is spelt unusually");
        }
        List<byte @Nullable []> elements = new ArrayList<>();
        if (last == 1) {
            return elements;
        }
        byte[] element = new byte[in.length];
        int at = 1;
        while (true) {
            boolean quoted = in[at] == '"';
            int size = 0;
            if (quoted) {
                at += 1;
            }
            while (at < last && (quoted ? in[at] != '"' : in[at] != ',')) {
                if (in[at] == '\\' && quoted) {
                    at++;
                } else if (!quoted && isSpecial(in[at])) {
                    throw new NotExactException("an array that is spelt unusually");
                }
                element[size++] = in[at++];
            }
            if (quoted) {
                at += 1;
            }
            if (at > last || (at < last && in[at] != ',') || (size == 0 && !quoted)) {
                throw new NotExactException("an array that is spelt unusually");
            }
            boolean isNull = !quoted && size == 4 && isNull(element);
            elements.add(isNull ? null : Arrays.copyOf(element, size));
            if (at == last) {
                return elements;
            }
            at++;
            if (at >= last) {
                throw new NotExactException("an array that is spelt unusually");
            }
        }
    }

    private static boolean isSpecial(byte b) {
        return b == '"' || b == '\\' || b == '{' || b == '}' || b == ' ' || (b >= '\t' && b <= '\r');
    }

    private static boolean isNull(byte[] element) {
        return (element[0] | 0x20) == 'n'
                && (element[1] | 0x20) == 'u'
                && (element[2] | 0x20) == 'l'
                && (element[3] | 0x20) == 'l';
    }
}
