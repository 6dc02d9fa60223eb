package dev.sqlmem.storage;

import dev.sqlmem.wire.type.Ascii;
import dev.sqlmem.wire.type.IsoCalendar;
import dev.sqlmem.wire.type.IsoReader;
import dev.sqlmem.wire.type.IsoWriter;
import dev.sqlmem.wire.type.Lengths;
import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.StyledWriter;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;

/** {@code date}, stored as days since 2000-01-01; the ends of the int range are the infinities. */
final class DateCodec extends IntegerCodec {
    static final int OID = 1082;

    /** 4714-11-24 BC, where the server's Julian days begin. */
    private static final int FIRST = -2_451_545;

    /** 5874897-12-31. */
    private static final int LAST = 2_145_031_948;

    @Override
    public int oid() {
        return OID;
    }

    @Override
    public short length() {
        return 4;
    }

    @Override
    public TextDependence textDependence() {
        return TextDependence.SETTINGS;
    }

    @Override
    public void writeText(long stored, int typmod, TextSettings settings, ByteBuf out) {
        int days = (int) stored;
        if (isInfinite(days)) {
            IsoWriter.infinity(days > 0, out);
            return;
        }
        if (!settings.dates().isIso()) {
            StyledWriter.date(days, settings.dates(), out);
            return;
        }
        long packed = IsoCalendar.pack(days);
        IsoWriter.date(packed, out);
        IsoWriter.era(packed, out);
    }

    @Override
    public void writeBinary(long stored, int typmod, ByteBuf out) {
        out.writeInt((int) stored);
    }

    @Override
    public long readBinary(ByteBuf in, int length, int typmod) {
        Lengths.requireExact(length, 4);
        int days = in.readInt();
        if (!isInfinite(days) && (days < FIRST || days > LAST)) {
            throw new NotExactException("a date out of range");
        }
        return days;
    }

    @Override
    public long readText(ByteBuf in, int length, int typmod, TextSettings settings) {
        long days;
        if (Ascii.equals(in, length, "infinity")) {
            days = Integer.MAX_VALUE;
        } else if (Ascii.equals(in, length, "-infinity")) {
            days = Integer.MIN_VALUE;
        } else if (length == IsoReader.DATE_LENGTH) {
            days = IsoReader.date(in, in.readerIndex());
        } else {
            throw new NotExactException("not a canonical date");
        }
        in.skipBytes(length);
        return days;
    }

    private static boolean isInfinite(int days) {
        return days == Integer.MAX_VALUE || days == Integer.MIN_VALUE;
    }
}
