package dev.sqlmem.storage;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogs say of a type that its OID does not tell: plain data, compared by value.
 *
 * @param kind how its values are held
 * @param length its {@code typlen}
 * @param labels the labels of an enumerated type in their order, or of all that an opaque type contains
 * @param elementOid the OID of an array's element type, else 0
 * @param element the traits of an array's element type
 * @param form the form in which values that are not understood are held, else null
 */
public record TypeTraits(
        Kind kind,
        short length,
        List<String> labels,
        int elementOid,
        @Nullable TypeTraits element,
        OpaqueCodec.@Nullable Form form) {

    /** A type that its OID alone tells. */
    public static final TypeTraits BUILT_IN = new TypeTraits(Kind.BUILT_IN, (short) 0, List.of(), 0, null, null);

    /** How values of a type are held. */
    public enum Kind {
        /** By the codec of its OID, where there is one. */
        BUILT_IN,
        ENUM,
        ARRAY,
        OPAQUE,
        /** As OPAQUE; its values are rows. */
        COMPOSITE
    }

    public TypeTraits {
        labels = List.copyOf(labels);
    }

    /** An enumerated type. */
    public static TypeTraits enumerated(List<String> labels) {
        return new TypeTraits(Kind.ENUM, (short) 4, labels, 0, null, null);
    }

    /** An array of elements that have a codec. */
    public static TypeTraits array(int elementOid, TypeTraits element) {
        return new TypeTraits(Kind.ARRAY, (short) -1, List.of(), elementOid, element, null);
    }

    /** A composite type, whose values are only passed on. */
    public static TypeTraits composite(OpaqueCodec.Form form, List<String> labels) {
        return new TypeTraits(Kind.COMPOSITE, (short) -1, labels, 0, null, form);
    }

    /** A type whose values are only passed on; {@code labels} are those that occur within them. */
    public static TypeTraits opaque(int length, OpaqueCodec.Form form, List<String> labels) {
        return new TypeTraits(Kind.OPAQUE, (short) length, labels, 0, null, form);
    }
}
