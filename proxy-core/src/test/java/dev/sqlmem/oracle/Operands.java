package dev.sqlmem.oracle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Draws the values that a column is compared with, and the many ways to write them. */
final class Operands {
    private static final int PARAMETERS_PERCENT = 60;

    private final SampleValues values;
    private final Dice dice;

    Operands(SampleValues values, Dice dice) {
        this.values = values;
        this.dice = dice;
    }

    /** A value to compare this column with: mostly of its type, sometimes null, odd or of another. */
    Hole forColumn(OracleColumn column) {
        int die = dice.below(100);
        if (die < 3) {
            return nullOf(column.type());
        }
        if (die < 6) {
            return hole(values.oddlySpelt(column.type(), dice.random()), column.type());
        }
        if (die < 11) {
            return ofAnotherType(column.type());
        }
        return hole(value(column), column.type());
    }

    /** A value of exactly this column's type, canonically spelt. */
    Hole plain(OracleColumn column) {
        return hole(value(column), column.type());
    }

    /** A value of the type. */
    Hole ofType(SampleType type) {
        return hole(values.any(type, dice.random()), type);
    }

    /** The text of a value of the type. */
    String some(SampleType type) {
        return values.any(type, dice.random()).text();
    }

    /** An array of values of the type, as text. */
    Hole array(SampleType type) {
        StringBuilder array = new StringBuilder("{");
        for (int i = dice.below(5); i > 0; i--) {
            array.append(array.length() > 1 ? "," : "");
            array.append(
                    dice.percent(10)
                            ? "NULL"
                            : "\"" + some(type).replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
        }
        String text = array.append('}').toString();
        SampleValue value = new SampleValue(SampleType.OTHER, text, null);
        return dice.percent(PARAMETERS_PERCENT)
                ? Hole.parameter(SampleValue.quoted(text), value, 0)
                : Hole.literal(SampleValue.quoted(text));
    }

    Hole pattern(String pattern) {
        return dice.percent(PARAMETERS_PERCENT)
                ? Hole.parameter(quoted(pattern), utf8(SampleType.TEXT, pattern), dice.percent(50) ? 0 : 25)
                : Hole.literal(quoted(pattern));
    }

    /** A number where PostgreSQL expects an int8. */
    Hole number(int number, int oid) {
        byte[] binary = ByteBuffer.allocate(8).putLong(number).array();
        SampleValue value = new SampleValue(SampleType.INT8, String.valueOf(number), binary);
        return dice.percent(PARAMETERS_PERCENT)
                ? Hole.parameter(String.valueOf(number), value, oid)
                : Hole.literal(String.valueOf(number));
    }

    /** A small number where PostgreSQL expects an int4. */
    Hole small(String number) {
        byte[] binary = ByteBuffer.allocate(4).putInt(Integer.parseInt(number)).array();
        SampleValue value = new SampleValue(SampleType.INT4, number, binary);
        return dice.percent(PARAMETERS_PERCENT)
                ? Hole.parameter(number, value, dice.pick(List.of(0, SampleType.INT4.oid())))
                : Hole.literal(number);
    }

    /** A number where PostgreSQL expects a numeric. */
    Hole decimal(String number) {
        SampleValue value = new SampleValue(SampleType.WIDE_NUMERIC, number, null);
        return dice.percent(PARAMETERS_PERCENT)
                ? Hole.parameter(number, value, dice.pick(List.of(0, SampleType.WIDE_NUMERIC.oid())))
                : Hole.literal(number);
    }

    /** A text that occurs in the column, or might. */
    String text(OracleColumn column) {
        return value(column).text();
    }

    private SampleValue value(OracleColumn column) {
        return column.samples().isEmpty() || dice.percent(10)
                ? values.any(column.type(), dice.random())
                : utf8(column.type(), dice.pick(column.samples()));
    }

    private static SampleValue utf8(SampleType type, String text) {
        boolean sameBytes = type.isString() || type == SampleType.NAME;
        return new SampleValue(type, text, sameBytes ? text.getBytes(StandardCharsets.UTF_8) : null);
    }

    private Hole nullOf(SampleType type) {
        return dice.percent(80) ? Hole.nullParameter(dice.percent(50) ? 0 : type.oid()) : Hole.literal("NULL");
    }

    private Hole hole(SampleValue value, SampleType type) {
        if (!dice.percent(PARAMETERS_PERCENT)) {
            return Hole.literal(literal(value));
        }
        int declared = type.oid();
        if (type.isString()) {
            declared = dice.pick(List.of(0, 25, 1043)); // drivers declare one of these, never bpchar
        } else if (dice.percent(60) || value.binary() == null) {
            declared = 0;
        }
        return Hole.parameter(SampleValue.quoted(value.text()), value, declared);
    }

    private Hole ofAnotherType(SampleType type) {
        List<SampleType> others = relatives(type);
        if (others.isEmpty()) {
            return hole(values.any(type, dice.random()), type);
        }
        SampleType other = dice.pick(others);
        SampleValue value = values.any(other, dice.random());
        String cast = isPlainNumber(value) ? value.text() : SampleValue.quoted(value.text()) + "::" + other.sql();
        return dice.percent(PARAMETERS_PERCENT) ? Hole.parameter(cast, value, other.oid()) : Hole.literal(cast);
    }

    private static List<SampleType> relatives(SampleType type) {
        return switch (type) {
            case INT2, INT4, INT8 ->
                List.of(SampleType.INT2, SampleType.INT4, SampleType.INT8, SampleType.NUMERIC_2, SampleType.NUMERIC_0);
            case NUMERIC_0, NUMERIC_2, NUMERIC_6, WIDE_NUMERIC, NUMERIC_WIDE ->
                List.of(
                        SampleType.INT4,
                        SampleType.INT8,
                        SampleType.NUMERIC_2,
                        SampleType.NUMERIC_6,
                        SampleType.WIDE_NUMERIC,
                        SampleType.FLOAT8);
            case FLOAT4, FLOAT8 ->
                List.of(
                        SampleType.FLOAT4,
                        SampleType.FLOAT8,
                        SampleType.INT4,
                        SampleType.INT8,
                        SampleType.NUMERIC_2,
                        SampleType.WIDE_NUMERIC);
            case OID -> List.of(SampleType.INT4, SampleType.INT8);
            case INET, CIDR -> List.of(SampleType.INET, SampleType.CIDR);
            case TEXT, VARCHAR, CHAR -> List.of(SampleType.TEXT, SampleType.VARCHAR, SampleType.CHAR);
            case DATE, TIMESTAMP, TIMESTAMPTZ -> List.of(SampleType.DATE, SampleType.TIMESTAMP, SampleType.TIMESTAMPTZ);
            case NAME -> List.of(SampleType.TEXT);
            default -> List.of();
        };
    }

    private String literal(SampleValue value) {
        SampleType type = value.type();
        if (value.binary() == null && !isPlainNumber(value)) {
            return SampleValue.quoted(value.text());
        }
        if (type == SampleType.BOOL && dice.percent(80)) {
            return dice.pick(value.text(), value.text().toUpperCase(Locale.ROOT));
        }
        if (isPlainNumber(value) && dice.percent(70)) {
            return value.text();
        }
        if (dice.percent(5)) {
            String name = type.sql();
            return dice.pick(
                    quoted(value.text()) + "::" + name,
                    "CAST(" + quoted(value.text()) + " AS " + name + ")",
                    name.contains("(") ? quoted(value.text()) : name + " " + quoted(value.text()));
        }
        return quoted(value.text());
    }

    private static boolean isPlainNumber(SampleValue value) {
        return value.type().isNumber() && value.text().matches("-?[0-9.]+([eE]-?[0-9]+)?");
    }

    private String quoted(String text) {
        return dice.percent(4) ? SampleValue.escaped(text) : SampleValue.quoted(text);
    }
}
