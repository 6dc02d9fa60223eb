package dev.sqlmem.storage;

import dev.sqlmem.storage.TypeTraits.Kind;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The table of cacheable types: every codec, and which of them serves a column. */
public final class TypeCodecs {
    public static final IntegerCodec BOOL = new BoolCodec();
    public static final IntegerCodec INT2 = new Int2Codec();
    public static final IntegerCodec INT4 = new Int4Codec();
    public static final IntegerCodec INT8 = new Int8Codec();
    public static final IntegerCodec OID = new OidCodec();
    public static final IntegerCodec NUMERIC = new NumericCodec();
    public static final WideNumericCodec WIDE_NUMERIC = new WideNumericCodec();
    public static final RealCodec FLOAT4 = new Float4Codec();
    public static final RealCodec FLOAT8 = new Float8Codec();
    public static final IntegerCodec DATE = new DateCodec();
    public static final IntegerCodec TIME = new TimeCodec();
    public static final IntegerCodec TIMETZ = new TimetzCodec();
    public static final IntegerCodec TIMESTAMP = new TimestampCodec();
    public static final IntegerCodec TIMESTAMPTZ = new TimestamptzCodec();
    public static final KeyedCodec INTERVAL = new IntervalCodec();
    public static final BytesCodec TEXT = new TextCodec();
    public static final BytesCodec VARCHAR = new VarcharCodec();
    public static final BytesCodec BPCHAR = new BpcharCodec();
    public static final BytesCodec NAME = new NameCodec();
    public static final BytesCodec BYTEA = new ByteaCodec();
    public static final BytesCodec UUID = new UuidCodec();
    public static final BytesCodec INET = new InetCodec(false);
    public static final BytesCodec CIDR = new InetCodec(true);
    public static final BytesCodec MACADDR = new MacaddrCodec(MacaddrCodec.OID, 6);
    public static final BytesCodec MACADDR8 = new MacaddrCodec(MacaddrCodec.OID_8, 8);
    public static final BytesCodec BIT = new BitCodec(BitCodec.OID);
    public static final BytesCodec VARBIT = new BitCodec(BitCodec.VARYING_OID);

    private static final BytesCodec UNPADDED_BPCHAR = new OpaqueCodec(BpcharCodec.OID, -1, OpaqueCodec.Form.SAME);
    private static final List<BuiltIn> TABLE = BuiltIn.table();
    private static final Map<Integer, TypeCodec> BY_OID = byOid();

    private TypeCodecs() {}

    /** The types that their OID alone tells, for people and for tests. */
    public static Collection<BuiltIn> builtIn() {
        return TABLE;
    }

    private static Map<Integer, TypeCodec> byOid() {
        Map<Integer, TypeCodec> codecs = new HashMap<>();
        TABLE.forEach(each -> codecs.put(each.codec().oid(), each.codec()));
        return codecs;
    }

    /** The codec of a type that its OID alone tells; null where its values are not held. */
    public static @Nullable TypeCodec forOid(int oid, int typmod) {
        if (oid == NumericCodec.OID) {
            if (NumericCodec.fits(typmod)) {
                return NUMERIC;
            }
            return WIDE_NUMERIC;
        }
        if (oid == BpcharCodec.OID) {
            if (BpcharCodec.hasLength(typmod)) {
                return BPCHAR;
            }
            return UNPADDED_BPCHAR;
        }
        TypeCodec codec = BY_OID.get(oid);
        if (codec instanceof ArrayCodec array) {
            return array(array, typmod);
        }
        return codec;
    }

    /** The element codec depends on the modifier too. */
    private static @Nullable TypeCodec array(ArrayCodec array, int typmod) {
        TypeCodec element = forOid(array.element().oid(), typmod);
        if (element == null || element.equals(array.element())) {
            return array;
        }
        return new ArrayCodec(array.oid(), element.oid(), element);
    }

    /** The codec of any type; null where its values are not held. */
    public static @Nullable TypeCodec of(int oid, int typmod, TypeTraits traits) {
        return switch (traits.kind()) {
            case BUILT_IN -> forOid(oid, typmod);
            case ENUM -> new EnumCodec(oid, traits.labels());
            case ARRAY -> {
                TypeTraits of = traits.element();
                TypeCodec element;
                if (of == null) {
                    element = null;
                } else {
                    element = of(traits.elementOid(), typmod, of);
                }
                yield element == null ? null : new ArrayCodec(oid, traits.elementOid(), element);
            }
            case OPAQUE, COMPOSITE -> {
                OpaqueCodec.Form form = traits.form();
                yield form == null
                        ? null
                        : new OpaqueCodec(oid, traits.length(), form, traits.kind() == Kind.COMPOSITE);
            }
        };
    }
}
