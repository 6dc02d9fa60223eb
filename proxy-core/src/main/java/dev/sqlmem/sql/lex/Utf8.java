package dev.sqlmem.sql.lex;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Whether bytes are UTF-8 as PostgreSQL accepts it: shortest form, no surrogates, no zero byte. */
public final class Utf8 {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Utf8() {}

    public static boolean isValid(byte[] bytes, int length) {
        int i = 0;
        while (i + 8 <= length) {
            long word = (long) LONGS.get(bytes, i);
            // The high bit of a byte survives where the byte is zero or not ASCII.
            if ((((word - 0x0101010101010101L) | word) & 0x8080808080808080L) != 0) {
                break;
            }
            i += 8;
        }
        while (i < length) {
            int size = sequence(bytes, i, length);
            if (size == 0) {
                return false;
            }
            i += size;
        }
        return true;
    }

    private static int sequence(byte[] bytes, int at, int length) {
        int first = bytes[at] & 0xff;
        if (first < 0x80) {
            if (first == 0) {
                return 0;
            }
            return 1;
        }
        int size;
        if (first >= 0xf0) {
            size = 4;
        } else if (first >= 0xe0) {
            size = 3;
        } else {
            size = 2;
        }
        if (first < 0xc2 || first > 0xf4 || at + size > length) {
            return 0;
        }
        int second = bytes[at + 1] & 0xff;
        boolean wrong = (first == 0xe0 && second < 0xa0)
                || (first == 0xed && second > 0x9f)
                || (first == 0xf0 && second < 0x90)
                || (first == 0xf4 && second > 0x8f);
        for (int i = 1; i < size; i++) {
            wrong |= (bytes[at + i] & 0xc0) != 0x80;
        }
        if (wrong) {
            return 0;
        }
        return size;
    }
}
