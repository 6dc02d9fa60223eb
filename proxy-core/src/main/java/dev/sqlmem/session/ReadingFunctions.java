package dev.sqlmem.session;

import dev.sqlmem.wire.message.FunctionCall;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The built-in functions that are known to read only, by their OIDs in {@code pg_proc.dat}: what clients of large
 * objects call by FunctionCall (manual, chapter "Large Objects"). Their OIDs have never changed since they were
 * given. The proofs are of {@code be-fsstubs.c}, as of PostgreSQL 13 to 18. Stateless.
 */
final class ReadingFunctions {
    /** {@code lo_open(oid, int4)}: the second argument says whether the descriptor may write. */
    private static final int LO_OPEN = 952;

    /** {@code lo_close(int4)}: forgets a descriptor of the session; nothing is flushed, as nothing is held back. */
    private static final int LO_CLOSE = 953;

    /** {@code loread(int4, int4)}: returns bytes from a descriptor and moves its position, which the session holds. */
    private static final int LOREAD = 954;

    /** {@code lo_lseek(int4, int4, int4)}: moves the position of a descriptor, which the session holds. */
    private static final int LO_LSEEK = 956;

    /** {@code lo_tell(int4)}: returns that position. */
    private static final int LO_TELL = 958;

    /** {@code lo_lseek64(int4, int8, int4)}: as {@link #LO_LSEEK}. */
    private static final int LO_LSEEK64 = 3170;

    /** {@code lo_tell64(int4)}: as {@link #LO_TELL}. */
    private static final int LO_TELL64 = 3171;

    /** {@code lo_get(oid)}: opens for reading, reads, closes. */
    private static final int LO_GET = 3458;

    /** {@code lo_get(oid, int8, int4)}: the same for a part. */
    private static final int LO_GET_FRAGMENT = 3459;

    /** {@code INV_WRITE} of {@code libpq-fs.h}. */
    private static final int INV_WRITE = 0x20000;

    /** What every version's {@code int4in} reads as the same number; nothing longer can hold the flag unseen. */
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,9}");

    private static final int TEXT = 0;
    private static final int BINARY = 1;

    private ReadingFunctions() {}

    /** Whether the call is proven to change nothing but the session's own descriptors. */
    static boolean isRead(FunctionCall call) {
        return switch (call.functionOid()) {
            case LO_CLOSE, LOREAD, LO_LSEEK, LO_TELL, LO_LSEEK64, LO_TELL64, LO_GET, LO_GET_FRAGMENT -> true;
            case LO_OPEN -> opensForReading(call);
            default -> false;
        };
    }

    private static boolean opensForReading(FunctionCall call) {
        if (call.arguments().size() != 2) {
            return false;
        }
        ByteBuf mode = call.arguments().get(1);
        if (mode == null) {
            return false;
        }
        return switch (formatOfMode(call.argumentFormats())) {
            case TEXT -> textReads(mode.toString(StandardCharsets.US_ASCII));
            case BINARY -> mode.readableBytes() == Integer.BYTES && reads(mode.getInt(mode.readerIndex()));
            default -> false;
        };
    }

    /** The format of the second of two arguments: none given is text, one is for all. */
    private static int formatOfMode(List<Short> formats) {
        return switch (formats.size()) {
            case 0 -> TEXT;
            case 1 -> formats.get(0);
            case 2 -> formats.get(1);
            default -> -1;
        };
    }

    private static boolean textReads(String mode) {
        return DECIMAL.matcher(mode).matches() && reads(Integer.parseInt(mode));
    }

    private static boolean reads(int mode) {
        return (mode & INV_WRITE) == 0;
    }
}
