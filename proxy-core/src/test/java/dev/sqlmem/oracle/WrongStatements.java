package dev.sqlmem.oracle;

import dev.sqlmem.testing.RowOrder;
import java.util.List;
import java.util.Locale;

/** Writes statements that PostgreSQL refuses, at every stage at which it can. */
final class WrongStatements {
    private final OracleTable table;
    private final Dice dice;
    private final StatementWriter writer;

    WrongStatements(OracleTable table, Dice dice, StatementWriter writer) {
        this.table = table;
        this.dice = dice;
        this.writer = writer;
    }

    GeneratedStatement any() {
        SqlText sql = switch (dice.below(4)) {
            case 0 -> SqlText.of(name());
            case 1 -> SqlText.of(type());
            case 2 -> SqlText.of(structure());
            default -> value();
        };
        return new GeneratedStatement("wrong on purpose", sql, new RowOrder.Any(), 0, true);
    }

    private String name() {
        OracleColumn column = dice.pick(table.columns());
        String c = column.sql();
        String from = " FROM " + table.sql();
        return dice.pick(
                "SELECT nosuch" + from,
                "SELECT " + c + from + " WHERE nosuch = 1",
                "SELECT " + c + from + " ORDER BY nosuch",
                "SELECT " + c + from + " GROUP BY nosuch",
                "SELECT other." + c + from,
                "SELECT \"" + column.name().toUpperCase(Locale.ROOT) + "x\"" + from,
                "SELECT " + c + " FROM nosuch_table",
                "SELECT " + c + " FROM nosuch_schema." + c,
                "SELECT nosuch(" + c + ")" + from,
                "SELECT " + c + " AS x, 1 AS x" + from + " ORDER BY x",
                "SELECT " + c + "::nosuch" + from,
                "SELECT " + c + " COLLATE nosuch" + from);
    }

    private String type() {
        OracleColumn column = dice.pick(table.columns());
        String c = column.sql();
        String from = " FROM " + table.sql();
        String impossible = column.type().isSummable() ? "true" : column.type().isString() ? "5" : "1.5";
        return dice.pick(
                "SELECT " + c + from + " WHERE " + c + " = " + impossible,
                "SELECT " + c + from + " WHERE " + c + " IN (" + impossible + ")",
                "SELECT " + c + from + " WHERE " + c + " BETWEEN " + impossible + " AND " + impossible,
                "SELECT " + c + from + " WHERE " + (column.type() == SampleType.BOOL ? "1" : c),
                "SELECT " + c + from + " WHERE NOT 1",
                "SELECT " + (column.type().isSummable() || column.type() == SampleType.TIME ? "upper(" : "sum(") + c
                        + ")" + from,
                "SELECT max(true), " + c + from,
                "SELECT " + c + from + " WHERE 5 LIKE " + c,
                "SELECT count(*) || " + c + " + 1 || 2" + from + " WHERE 'a' + 1 = 2");
    }

    private String structure() {
        String c = dice.pick(table.columns()).sql();
        String d = dice.pick(table.columns()).sql();
        String from = " FROM " + table.sql();
        return dice.pick(
                "SELECT " + c + ", count(*)" + from,
                "SELECT count(*), " + c + from + " GROUP BY " + c + " ORDER BY " + c + ", 3",
                "SELECT " + c + from + " WHERE count(*) > 1",
                "SELECT sum(count(*))" + from,
                "SELECT " + c + from + " ORDER BY 2",
                "SELECT " + c + from + " GROUP BY 2",
                "SELECT " + c + from + " LIMIT -1",
                "SELECT " + c + from + " OFFSET -1",
                "SELECT " + c + from + " LIMIT 'many'",
                "SELECT " + c + from + " LIMIT 1.5e30",
                "SELECT " + c + from + " LIMIT " + d,
                "SELECT " + c + from + " WHERE",
                "SELECT " + c + " FORM " + table.sql(),
                "SELECT " + c + from + " WHERE " + c + " = 'open",
                "SELECT (" + c + from,
                "SELECT " + c + "," + from,
                "SELECT " + c + from + " ORDER BY " + c + " NULLS",
                "SELECT DISTINCT " + c + from + " ORDER BY 1 + 1, 7",
                "SELECT " + c + " = " + c + " = " + c + from + " WHERE 1 = 1 = 1",
                "SELECT " + c + from + "; SELECT nosuch",
                "SELEKT " + c + from);
    }

    /** Wrong only when it runs, or when its value is read. */
    private SqlText value() {
        OracleColumn column = dice.pick(table.columns());
        String c = writer.name(column);
        SqlText start = SqlText.of("SELECT " + c + writer.from() + " WHERE " + c + " = ");
        SampleType type = column.type();
        if (type == SampleType.OTHER || dice.percent(20)) {
            return SqlText.of(dice.pick(
                    "SELECT 1 / (" + writer.name(table.columns().get(0)) + " - "
                            + writer.name(table.columns().get(0)) + ")::int" + writer.from(),
                    "SELECT 1 / 0, " + c + writer.from(),
                    "SELECT 2147483647 + 1, " + c + writer.from(),
                    "SELECT 'abc'::int, " + c + writer.from(),
                    "SELECT '2020-02-30'::date, " + c + writer.from(),
                    "SELECT sum(9223372036854775807 + length(" + c + "::text))" + writer.from()));
        }
        String wrong = wrongValue(type);
        SampleValue value = new SampleValue(type, wrong, null);
        return start.add(
                dice.percent(50) && !type.isString()
                        ? Hole.parameter(SampleValue.quoted(wrong), value, dice.percent(50) ? 0 : type.oid())
                        : Hole.literal(
                                SampleValue.quoted(wrong) + (type.isString() ? "::" + dice.pick("int", "date") : "")));
    }

    private String wrongValue(SampleType type) {
        List<String> wrong = switch (type) {
            case BOOL -> List.of("perhaps", "", "2");
            case INT2 -> List.of("32768", "abc", "1.5", "");
            case INT4 -> List.of("2147483648", "-2147483649", "abc", "1.0", " ");
            case INT8 -> List.of("9223372036854775808", "abc", "1e1");
            case NUMERIC_0, NUMERIC_2, NUMERIC_6 -> List.of("abc", "1.2.3", "", "1e999999");
            case TEXT, VARCHAR, CHAR -> List.of("nonsense", "5x", "2020-02-30");
            case BYTEA -> List.of("\\x1", "\\xgg", "\\9");
            case DATE -> List.of("2024-02-30", "yesterdays", "5874898-01-01", "2024-13-01");
            case TIME -> List.of("25:00", "24:00:01", "noonish");
            case TIMESTAMP, TIMESTAMPTZ ->
                List.of("2024-02-30 00:00", "294277-01-01 00:00:00", "2024-01-01 25:00", "2024-01-01 00:00 Mars/Base");
            case UUID -> List.of("a0eebc99", "z0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "");
            case FLOAT4, FLOAT8 -> List.of("abc", "", "1e999", "1,5", "1e-999");
            case WIDE_NUMERIC, NUMERIC_WIDE -> List.of("abc", "1.2.3", "", "1e999999");
            case INTERVAL -> List.of("1 day 2 days", "one day", "", "99999999999 years");
            case TIMETZ -> List.of("25:00:00+00", "12:00:00+99", "x");
            case OID -> List.of("-5000000000", "abc", "4294967296");
            case INET, CIDR -> List.of("10.0.0.256", "10.0.0.1/33", "");
            case MACADDR, MACADDR8 -> List.of("08:00:2b:01:02", "zz:00:2b:01:02:03");
            case VARBIT, BIT4 -> List.of("2", "01a");
            case WORDS -> List.of("{a", "a", "{{a},b}");
            case MOOD -> List.of("furious", "", "SAD");
            case INTS, LONGS, UUIDS, STAMPS -> List.of("{1,x}", "1", "{1,{2}}");
            case NAME, OTHER -> List.of("x");
        };
        return dice.pick(wrong);
    }
}
