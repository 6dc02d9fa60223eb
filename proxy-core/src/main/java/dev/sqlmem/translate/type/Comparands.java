package dev.sqlmem.translate.type;

import dev.sqlmem.plan.Binding;
import dev.sqlmem.plan.Binding.Conversion;
import dev.sqlmem.plan.Binding.Source;
import dev.sqlmem.sql.shape.LiteralClass;
import dev.sqlmem.storage.NumericCodec;
import dev.sqlmem.storage.RealCodec;
import dev.sqlmem.storage.TypeCodec;
import dev.sqlmem.storage.TypeCodecs;
import dev.sqlmem.storage.WideNumericCodec;
import dev.sqlmem.wire.type.Oid;
import org.jspecify.annotations.Nullable;

/**
 * What columns of these types are compared with, beside integers, scaled numerics and text: a value of their
 * own type, and numbers with numbers (manual, "Operator Type Resolution").
 */
public final class Comparands {
    private Comparands() {}

    /** The type that an undeclared parameter takes beside the column. */
    public static int implied(Term column) {
        return switch (column.type()) {
            case Oid.VARCHAR -> Oid.TEXT;
            case Oid.CIDR -> Oid.INET; // cidr has no operators of its own
            default -> column.type();
        };
    }

    /**
     * How a literal becomes what is compared with the column; null where that is not decided here.
     *
     * @param many whether it stands in a list, whose elements choose their type together
     */
    static @Nullable Binding literal(Term column, LiteralClass kind, int slot, boolean negate, boolean many)
            throws NotTranslatable {
        TypeCodec codec = column.codec();
        boolean number = kind == LiteralClass.INT4 || kind == LiteralClass.INT8 || kind == LiteralClass.NUMERIC;
        if (!number && (codec instanceof RealCodec || codec instanceof WideNumericCodec)) {
            return of(Source.LITERAL, slot, Conversion.CODEC, own(column), column, false);
        }
        if (codec instanceof RealCodec && !(many && column.type() == Oid.FLOAT4)) {
            return of(Source.LITERAL, slot, Conversion.FLOAT, anyNumeric(), column, negate);
        }
        if (codec instanceof WideNumericCodec) {
            return of(Source.LITERAL, slot, Conversion.NUMERIC_KEY, anyNumeric(), column, negate);
        }
        if (column.type() == Oid.OID && kind == LiteralClass.INT4 && !negate && !many) {
            return of(Source.LITERAL, slot, Conversion.CODEC, TypeCodecs.INT8, column, false);
        }
        if (number || column.family() != Family.OTHER) {
            return null;
        }
        TypeCodec own;
        if (many) {
            own = codec;
        } else {
            own = own(column);
        } // a list of cidr stays one
        return of(Source.LITERAL, slot, Conversion.CODEC, own, column, false);
    }

    /** How a parameter of this type becomes what is compared with the column; null where that is not decided here. */
    static @Nullable Binding parameter(Term column, int slot, int type) throws NotTranslatable {
        TypeCodec codec = column.codec();
        boolean exactNumber = Family.of(type) == Family.INTEGER || type == Oid.NUMERIC;
        if (codec instanceof WideNumericCodec && exactNumber) {
            return of(Source.PARAMETER, slot, Conversion.NUMERIC_KEY, ofType(type), column, false);
        }
        if (codec instanceof RealCodec && exactNumber) {
            return of(Source.PARAMETER, slot, Conversion.FLOAT, ofType(type), column, false);
        }
        if (codec instanceof RealCodec && (type == Oid.FLOAT4 || type == Oid.FLOAT8)) {
            return of(Source.PARAMETER, slot, Conversion.CODEC, ofType(type), column, false);
        }
        boolean own = column.family() == Family.OTHER && type == implied(column);
        if (own) {
            return of(Source.PARAMETER, slot, Conversion.CODEC, own(column), column, false);
        }
        return null;
    }

    private static TypeCodec own(Term column) throws NotTranslatable {
        if (column.type() == Oid.CIDR) {
            return TypeCodecs.INET;
        }
        return column.codec();
    }

    private static TypeCodec ofType(int type) {
        TypeCodec codec;
        if (type == Oid.NUMERIC) {
            codec = anyNumeric();
        } else {
            codec = TypeCodecs.forOid(type, -1);
        }
        if (codec == null) {
            throw new IllegalArgumentException("type " + type);
        }
        return codec;
    }

    /** Numerics are read as decimals, whatever their scale. */
    private static NumericCodec anyNumeric() {
        return (NumericCodec) TypeCodecs.NUMERIC;
    }

    private static Binding of(
            Source source, int slot, Conversion conversion, TypeCodec codec, Term column, boolean negate) {
        return new Binding(source, slot, conversion, codec, column.stored(), 0, negate);
    }
}
