package dev.sqlmem.translate.type;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.storage.NumericCodec;
import dev.sqlmem.storage.TypeCodec;
import dev.sqlmem.storage.TypeCodecs;
import dev.sqlmem.wire.type.Oid;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the translator knows of types: their names, ranks, codecs and bounds. */
public final class Types {
    /** The greatest magnitude of what has no narrower one. */
    public static final BigInteger WIDE = BigInteger.ONE.shiftLeft(63);

    /** The numeric types from the narrowest on. */
    private static final List<Integer> NUMBERS = List.of(Oid.INT2, Oid.INT4, Oid.INT8, Oid.NUMERIC);

    private static final Map<String, Integer> NAMES = Map.ofEntries(
            Map.entry("bool", Oid.BOOL),
            Map.entry("boolean", Oid.BOOL),
            Map.entry("int2", Oid.INT2),
            Map.entry("smallint", Oid.INT2),
            Map.entry("int4", Oid.INT4),
            Map.entry("int", Oid.INT4),
            Map.entry("integer", Oid.INT4),
            Map.entry("int8", Oid.INT8),
            Map.entry("bigint", Oid.INT8),
            Map.entry("numeric", Oid.NUMERIC),
            Map.entry("decimal", Oid.NUMERIC),
            Map.entry("dec", Oid.NUMERIC),
            Map.entry("text", Oid.TEXT),
            Map.entry("varchar", Oid.VARCHAR),
            Map.entry("character varying", Oid.VARCHAR),
            Map.entry("char", Oid.BPCHAR),
            Map.entry("character", Oid.BPCHAR),
            Map.entry("bpchar", Oid.BPCHAR),
            Map.entry("date", Oid.DATE),
            Map.entry("time", Oid.TIME),
            Map.entry("time without time zone", Oid.TIME),
            Map.entry("timestamp", Oid.TIMESTAMP),
            Map.entry("timestamp without time zone", Oid.TIMESTAMP),
            Map.entry("timestamptz", Oid.TIMESTAMPTZ),
            Map.entry("timestamp with time zone", Oid.TIMESTAMPTZ),
            Map.entry("interval", Oid.INTERVAL),
            Map.entry("uuid", Oid.UUID),
            Map.entry("bytea", Oid.BYTEA));

    /** The server's own names, after which a cast names its column. */
    private static final Map<Integer, String> OWN_NAMES = Map.ofEntries(
            Map.entry(Oid.BOOL, "bool"),
            Map.entry(Oid.INT2, "int2"),
            Map.entry(Oid.INT4, "int4"),
            Map.entry(Oid.INT8, "int8"),
            Map.entry(Oid.NUMERIC, "numeric"),
            Map.entry(Oid.TEXT, "text"),
            Map.entry(Oid.VARCHAR, "varchar"),
            Map.entry(Oid.BPCHAR, "bpchar"),
            Map.entry(Oid.DATE, "date"),
            Map.entry(Oid.TIME, "time"),
            Map.entry(Oid.TIMESTAMP, "timestamp"),
            Map.entry(Oid.TIMESTAMPTZ, "timestamptz"),
            Map.entry(Oid.INTERVAL, "interval"),
            Map.entry(Oid.UUID, "uuid"),
            Map.entry(Oid.BYTEA, "bytea"));

    private static final Map<Integer, Integer> ARRAYS = Map.of(
            Oid.BOOL, 1000,
            Oid.INT2, 1005,
            Oid.INT4, 1007,
            Oid.INT8, 1016,
            Oid.TEXT, 1009,
            Oid.VARCHAR, 1015,
            Oid.DATE, 1182,
            Oid.TIMESTAMP, 1115,
            Oid.TIMESTAMPTZ, 1185,
            Oid.UUID, 2951);

    private Types() {}

    /** Returns the type that a folded name means, or null; whether a schema of the user's has it too is asked elsewhere. */
    static @Nullable public Integer named(String name) {
        return NAMES.get(name);
    }

    public static String ownName(int oid) {
        return OWN_NAMES.getOrDefault(oid, "");
    }

    /** Returns the array type over an element type, or 0. */
    public static int array(int element) {
        return ARRAYS.getOrDefault(element, 0);
    }

    /** Returns the element type of an array type, or 0. */
    public static int element(int array) {
        return ARRAYS.entrySet().stream()
                .filter(each -> each.getValue() == array)
                .mapToInt(Map.Entry::getKey)
                .findFirst()
                .orElse(0);
    }

    public static boolean isInteger(int oid) {
        return Family.of(oid) == Family.INTEGER;
    }

    /** Whether the type has numeric arithmetic; a term knows better. */
    public static boolean isNumber(int oid) {
        return isInteger(oid) || oid == Oid.NUMERIC;
    }

    /** Whether values of the type have a collation. */
    public static boolean isText(int oid) {
        return Family.of(oid) == Family.TEXT || Family.of(oid) == Family.PADDED;
    }

    /** The wider of two numeric types; what is none of them stands before all. */
    public static int wider(int left, int right) {
        if (NUMBERS.indexOf(right) > NUMBERS.indexOf(left)) {
            return right;
        }
        return left;
    }

    /** The greatest magnitude of a type's stored integers. */
    public static BigInteger bound(int oid, int stored) {
        return switch (oid) {
            case Oid.BOOL -> BigInteger.ONE;
            case Oid.INT2 -> BigInteger.ONE.shiftLeft(15);
            case Oid.INT4 -> BigInteger.ONE.shiftLeft(31);
            case Oid.NUMERIC ->
                stored < 0
                        ? WIDE
                        : BigInteger.TEN.pow(NumericCodec.precision(stored)).subtract(BigInteger.ONE);
            default -> WIDE;
        };
    }

    /** The modifier under which an unscaled integer of this scale is stored. */
    public static int scaled(int scale) throws NotTranslatable {
        if (scale > MOST_SCALE) {
            throw new NotTranslatable("a number with more than " + MOST_SCALE + " fraction digits");
        }
        return NumericCodec.typmod(MOST_SCALE, scale);
    }

    /** How many decimal digits fit a stored integer. */
    public static final int MOST_SCALE = 18;

    public static TypeCodec codec(int oid, int stored) throws NotTranslatable {
        TypeCodec codec = TypeCodecs.forOid(oid, stored);
        if (codec == null) {
            throw new NotTranslatable("type " + oid);
        }
        return codec;
    }

    /** The codec of a column's values. */
    public static TypeCodec codec(ColumnDefinition column) throws NotTranslatable {
        TypeCodec codec = column.codec();
        if (codec == null) {
            throw new NotTranslatable("type " + column.typeName());
        }
        return codec;
    }
}
