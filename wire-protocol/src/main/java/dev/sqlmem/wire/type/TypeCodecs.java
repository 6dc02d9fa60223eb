package dev.sqlmem.wire.type;

import org.jspecify.annotations.Nullable;

/** The table of cacheable types: every codec, and which of them serves a column. */
public final class TypeCodecs {
    public static final IntegerCodec BOOL = new BoolCodec();
    public static final IntegerCodec INT2 = new Int2Codec();
    public static final IntegerCodec INT4 = new Int4Codec();
    public static final IntegerCodec INT8 = new Int8Codec();
    public static final IntegerCodec NUMERIC = new NumericCodec();
    public static final IntegerCodec DATE = new DateCodec();
    public static final IntegerCodec TIME = new TimeCodec();
    public static final IntegerCodec TIMESTAMP = new TimestampCodec();
    public static final IntegerCodec TIMESTAMPTZ = new TimestamptzCodec();
    public static final BytesCodec TEXT = new TextCodec();
    public static final BytesCodec VARCHAR = new VarcharCodec();
    public static final BytesCodec BPCHAR = new BpcharCodec();
    public static final BytesCodec BYTEA = new ByteaCodec();
    public static final BytesCodec UUID = new UuidCodec();

    private TypeCodecs() {}

    /**
     * The codec of a column's type, or null where its values cannot be stored exactly: an unknown
     * type, a numeric without or with too large a precision, a bpchar without a length.
     */
    public static @Nullable TypeCodec forOid(int oid, int typmod) {
        return switch (oid) {
            case BoolCodec.OID -> BOOL;
            case Int2Codec.OID -> INT2;
            case Int4Codec.OID -> INT4;
            case Int8Codec.OID -> INT8;
            case NumericCodec.OID -> NumericCodec.fits(typmod) ? NUMERIC : null;
            case DateCodec.OID -> DATE;
            case TimeCodec.OID -> TIME;
            case TimestampCodec.OID -> TIMESTAMP;
            case TimestamptzCodec.OID -> TIMESTAMPTZ;
            case TextCodec.OID -> TEXT;
            case VarcharCodec.OID -> VARCHAR;
            case BpcharCodec.OID -> BpcharCodec.hasLength(typmod) ? BPCHAR : null;
            case ByteaCodec.OID -> BYTEA;
            case UuidCodec.OID -> UUID;
            default -> null;
        };
    }
}
