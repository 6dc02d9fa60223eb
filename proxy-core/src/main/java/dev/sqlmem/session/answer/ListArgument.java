package dev.sqlmem.session.answer;

import dev.sqlmem.storage.BytesCodec;
import dev.sqlmem.storage.IntegerCodec;
import dev.sqlmem.storage.StorageClass;
import dev.sqlmem.storage.TypeCodec;
import dev.sqlmem.wire.type.ArrayElements;
import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An array argument as the JSON array of its elements' stored values, which SQLite takes apart: one
 * statement for arrays of any length. Bytes stand in hex.
 */
final class ListArgument {
    private static final int MOST = 100_000;

    private final TypeCodec codec;
    private final ByteArrayOutputStream json = new ByteArrayOutputStream();

    private ListArgument(TypeCodec codec) {
        this.codec = codec;
    }

    static byte[] ofText(byte[] array, TypeCodec codec, TextSettings settings) {
        ListArgument list = new ListArgument(codec);
        return list.of(
                ArrayElements.text(array),
                (element, length) -> list.codec instanceof IntegerCodec integers
                        ? integers.readText(element, length, -1, settings)
                        : ((BytesCodec) list.codec).readText(element, length, -1, settings));
    }

    static byte[] ofBinary(ByteBuf array, int length, TypeCodec codec) {
        ListArgument list = new ListArgument(codec);
        return list.of(
                ArrayElements.binary(array, length, codec.oid()),
                (element, size) -> list.codec instanceof IntegerCodec integers
                        ? integers.readBinary(element, size, -1)
                        : ((BytesCodec) list.codec).readBinary(element, size, -1));
    }

    private interface ElementReader {
        Object read(ByteBuf element, int length);
    }

    private byte[] of(List<byte @Nullable []> elements, ElementReader reader) {
        if (elements.size() > MOST) {
            throw new NotExactException("a very long array");
        }
        json.write('[');
        for (int i = 0; i < elements.size(); i++) {
            if (i > 0) {
                json.write(',');
            }
            byte[] element = elements.get(i);
            if (element == null) {
                raw("null");
            } else {
                Object stored = reader.read(Unpooled.wrappedBuffer(element), element.length);
                if (stored instanceof byte[] bytes) {
                    string(bytes);
                } else {
                    raw(stored.toString());
                }
            }
        }
        json.write(']');
        return json.toByteArray();
    }

    private void raw(String text) {
        json.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void string(byte[] stored) {
        json.write('"');
        if (codec.storage() == StorageClass.BLOB) {
            raw(HexFormat.of().formatHex(stored));
        } else {
            for (byte b : stored) {
                if (b == '"' || b == '\\') {
                    json.write('\\');
                    json.write(b);
                } else if (b >= 0 && b < ' ') {
                    raw(String.format("\\u%04x", (int) b));
                } else {
                    json.write(b);
                }
            }
        }
        json.write('"');
    }
}
