package dev.sqlmem.translate.type;

import dev.sqlmem.storage.NumericCodec;
import dev.sqlmem.wire.type.Oid;
import net.sf.jsqlparser.expression.CastExpression;
import net.sf.jsqlparser.statement.create.table.ColDataType;

/**
 * A type as a cast names it.
 *
 * @param oid the type, or that of an array's elements
 * @param typmod its modifier, -1 where there is none
 * @param array whether it is an array
 * @param source as the statement has it
 */
public record TypeName(int oid, int typmod, boolean array, String source) {
    private static final int LONGEST = 10_000;

    public static TypeName of(CastExpression cast, Translation out) throws NotTranslatable {
        if (cast.isImplicitCast()
                || cast.getFormat() != null
                || (cast.getColumnDefinitions() != null
                        && !cast.getColumnDefinitions().isEmpty())) {
            throw new NotTranslatable("a cast of another kind");
        }
        ColDataType written = cast.getColDataType();
        String text = written.toString();
        boolean array =
                written.getArrayData() != null && !written.getArrayData().isEmpty();
        if (array && !text.endsWith("[]")) {
            throw new NotTranslatable("an array with a length");
        }
        String name = Identifiers.lower(array ? text.substring(0, text.length() - 2) : text)
                .trim();
        int open = name.indexOf('(');
        String base = (open < 0 ? name : name.substring(0, open)).trim().replaceAll("\\s+", " ");
        Integer oid = Types.named(base);
        if (oid == null || base.contains("\"")) {
            throw new NotTranslatable("type " + base);
        }
        out.beyond = true;
        return new TypeName(oid, open < 0 ? unmodified(base) : typmod(oid, name.substring(open)), array, text);
    }

    /** Without a length, {@code char} means one character and {@code bpchar} any number. */
    private static int unmodified(String base) throws NotTranslatable {
        if (base.equals("bpchar")) {
            throw new NotTranslatable("type bpchar");
        }
        if (base.startsWith("char") && !base.endsWith("varying")) {
            return 5;
        }
        return -1;
    }

    private static int typmod(int oid, String arguments) throws NotTranslatable {
        String inside = arguments.replaceAll("[\\s()]", "");
        if (!inside.matches("\\d{1,4}(,\\d{1,4})?")) {
            throw new NotTranslatable("a type with such arguments");
        }
        String[] parts = inside.split(",", -1);
        int first = Integer.parseInt(parts[0]);
        if (oid == Oid.NUMERIC) {
            int scale;
            if (parts.length > 1) {
                scale = Integer.parseInt(parts[1]);
            } else {
                scale = 0;
            }
            if (first < 1 || first > Types.MOST_SCALE || scale > first) {
                throw new NotTranslatable("a numeric type of that size");
            }
            return NumericCodec.typmod(first, scale);
        }
        if ((oid != Oid.VARCHAR && oid != Oid.BPCHAR) || parts.length > 1 || first < 1 || first > LONGEST) {
            throw new NotTranslatable("a type with such arguments");
        }
        return first + 4;
    }
}
