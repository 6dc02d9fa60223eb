package dev.sqlmem.oracle;

import static dev.sqlmem.oracle.SampleType.*;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The tables of {@code oracle.sql}, as far as statements name their columns. */
final class OracleTables {
    static final OracleTable NARROW = new OracleTable(
            "narrow",
            "narrow",
            List.of(
                    OracleColumn.of("id", INT4),
                    OracleColumn.of("a", INT4),
                    OracleColumn.of("b", TEXT, "row 1", "row 4 ", "row 7  ", "row 12", "row 1 "),
                    OracleColumn.of("later", INT4),
                    OracleColumn.of("added", VARCHAR, "added", "odd")),
            Set.of("id"),
            false,
            14);
    static final OracleTable EVERY_TYPE =
            new OracleTable("every_type", "every type", everyType(), Set.of("id"), false, 40);
    static final OracleTable ORDERS = new OracleTable(
            "public.orders",
            "20,000 rows",
            List.of(
                    OracleColumn.of("id", INT8),
                    OracleColumn.of("customer_id", INT4),
                    OracleColumn.of("status", VARCHAR, "new", "paid", "packed", "shipped", "returned", "Paid", "pa"),
                    OracleColumn.of("amount", NUMERIC_2),
                    OracleColumn.of("placed", TIMESTAMPTZ),
                    OracleColumn.of("shipped", DATE),
                    OracleColumn.of("note", TEXT, "note 1", "note 17", "note 250", "note"),
                    OracleColumn.of("ref", UUID)),
            Set.of("id"),
            true,
            14);
    private static final OracleTable EMPTY = new OracleTable(
            "nothing_here",
            "empty",
            List.of(OracleColumn.of("id", INT4), OracleColumn.of("v", TEXT), OracleColumn.of("d", DATE)),
            Set.of("id"),
            false,
            3);
    private static final OracleTable DOUBLES = new OracleTable(
            "doubles",
            "no key",
            List.of(
                    OracleColumn.of("a", INT4),
                    OracleColumn.of("b", TEXT, "a", "b", "c", "d"),
                    OracleColumn.of("c", NUMERIC_2)),
            Set.of(),
            false,
            5);
    private static final OracleTable ODD_NAMES = new OracleTable(
            "\"Odd Schema\".\"Odd Names\"",
            "odd names",
            List.of(
                    OracleColumn.of("\"Id\"", INT4),
                    OracleColumn.of("\"select\"", TEXT, "sel 0", "sel 1", "sel 2"),
                    OracleColumn.of("\"with \"\"quotes\"\"\"", INT4),
                    OracleColumn.of("\"été\"", TEXT, "été 1", "été 2"),
                    OracleColumn.of("\"UPPER\"", INT4),
                    OracleColumn.of("\"percent%\"", NUMERIC_2),
                    OracleColumn.of("A_name_of_exactly_sixty_three_bytes_so_that_nothing_is_cut_off1", INT4)),
            Set.of("\"Id\""),
            false,
            7);
    private static final OracleTable MEASUREMENTS = new OracleTable(
            "measurements",
            "partitioned",
            List.of(
                    OracleColumn.of("id", INT4),
                    OracleColumn.of("taken", DATE),
                    OracleColumn.of("level", NUMERIC_2),
                    OracleColumn.of("unit", CHAR, "m", "cm", "km", "m  ")),
            Set.of("id", "taken"),
            false,
            6);
    private static final OracleTable PARTITION =
            new OracleTable("measurements_2024", "a partition", MEASUREMENTS.columns(), MEASUREMENTS.key(), false, 2);
    private static final OracleTable ANIMALS = new OracleTable(
            "animals",
            "inherited",
            List.of(
                    OracleColumn.of("id", INT4),
                    OracleColumn.of("name", TEXT, "animal 1", "bird 2", "bird 5"),
                    OracleColumn.of("legs", INT2)),
            Set.of(),
            false,
            4);
    private static final OracleTable VIEW = new OracleTable(
            "narrow_view",
            "view",
            List.of(OracleColumn.of("id", INT4), OracleColumn.of("a", INT4), OracleColumn.of("b", TEXT, "row 1")),
            Set.of("id"),
            false,
            2);
    private static final OracleTable GUARDED = new OracleTable(
            "guarded",
            "row security",
            List.of(
                    OracleColumn.of("id", INT4),
                    OracleColumn.of("owner_name", TEXT, "oracle_reader", "somebody"),
                    OracleColumn.of("secret", TEXT, "secret 1", "secret 2"),
                    OracleColumn.of("amount", INT4)),
            Set.of("id"),
            false,
            2);
    static final OracleTable MORE_TYPES =
            new OracleTable("more_types", "more types", moreTypes(), Set.of("id"), false, 40);
    private static final OracleTable OPAQUE = new OracleTable("opaque", "opaque", opaque(), Set.of("id"), false, 12);
    private static final OracleTable OTHERS = new OracleTable(
            "others",
            "other types",
            List.of(
                    OracleColumn.of("id", INT4),
                    OracleColumn.of("f8", FLOAT8),
                    OracleColumn.of("f4", FLOAT4),
                    OracleColumn.of("num", WIDE_NUMERIC),
                    OracleColumn.of("num_nan", NUMERIC_2),
                    OracleColumn.of("span", INTERVAL),
                    OracleColumn.of("js", OTHER),
                    OracleColumn.of("ints", INTS),
                    OracleColumn.of("feeling", MOOD),
                    OracleColumn.of("pos", INT4),
                    OracleColumn.of("short", VARCHAR, "short 1", "short 2"),
                    OracleColumn.of("twice", INT4),
                    OracleColumn.of("kept", INT4)),
            Set.of("id"),
            false,
            3);
    private static final OracleTable TIDY = new OracleTable("tidy", "tidy", tidy(), Set.of("id"), false, 14);
    static final OracleTable RARE_TYPES = new OracleTable(
            "rare_types",
            "rare types",
            List.of(
                    OracleColumn.of("id", INT4),
                    OracleColumn.of("r_wide", NUMERIC_WIDE),
                    OracleColumn.of("r_mac8", MACADDR8),
                    OracleColumn.of("r_bit", BIT4),
                    OracleColumn.of("r_longs", LONGS),
                    OracleColumn.of("r_words", WORDS),
                    OracleColumn.of("r_uuids", UUIDS),
                    OracleColumn.of("r_stamps", STAMPS),
                    OracleColumn.of("r_varchar", VARCHAR),
                    OracleColumn.of("r_c", TEXT),
                    OracleColumn.of("r_posix", VARCHAR),
                    OracleColumn.of("r_chars", CHAR, "a", "ab", "abc", "a  ")),
            Set.of("id"),
            false,
            12);
    private static final OracleTable ALL_NULL =
            new OracleTable("all_null", "nulls", everyType(), Set.of("id"), false, 4);
    private static final OracleTable NO_ROWS =
            new OracleTable("no_rows", "no rows", everyType(), Set.of("id"), false, 3);
    private static final OracleTable ONE_ROW = new OracleTable("one_row", "one row", tidy(), Set.of("id"), false, 4);
    private static final List<OracleTable> ALL = List.of(
            NARROW,
            EVERY_TYPE,
            TIDY,
            RARE_TYPES,
            ALL_NULL,
            NO_ROWS,
            ONE_ROW,
            MORE_TYPES,
            OPAQUE,
            ORDERS,
            EMPTY,
            DOUBLES,
            ODD_NAMES,
            MEASUREMENTS,
            PARTITION,
            ANIMALS,
            VIEW,
            GUARDED,
            OTHERS);
    private static final List<OracleTable> URN = urn();

    private OracleTables() {}

    /** Tables of which any two can be joined without many rows. */
    static List<OracleTable> small() {
        return List.of(
                NARROW,
                EVERY_TYPE,
                EVERY_TYPE,
                MORE_TYPES,
                RARE_TYPES,
                TIDY,
                TIDY,
                EMPTY,
                ONE_ROW,
                ALL_NULL,
                DOUBLES,
                ODD_NAMES,
                MEASUREMENTS,
                OTHERS);
    }

    /** A table, by weight. */
    static OracleTable any(Dice dice) {
        return dice.pick(URN);
    }

    private static List<OracleTable> urn() {
        List<OracleTable> urn = new ArrayList<>();
        for (OracleTable table : ALL) {
            for (int i = 0; i < table.weight(); i++) {
                urn.add(table);
            }
        }
        return List.copyOf(urn);
    }

    private static List<OracleColumn> moreTypes() {
        return List.of(
                OracleColumn.of("id", INT4),
                OracleColumn.of("m_f4", FLOAT4),
                OracleColumn.of("m_f8", FLOAT8),
                OracleColumn.of("m_num", WIDE_NUMERIC),
                OracleColumn.of("m_span", INTERVAL),
                OracleColumn.of("m_timetz", TIMETZ),
                OracleColumn.of("m_oid", OID),
                OracleColumn.of("m_name", NAME),
                OracleColumn.of("m_inet", INET),
                OracleColumn.of("m_cidr", CIDR),
                OracleColumn.of("m_mac", MACADDR),
                OracleColumn.of("m_bits", VARBIT),
                OracleColumn.of("m_mood", MOOD),
                OracleColumn.of("m_ints", INTS));
    }

    private static List<OracleColumn> tidy() {
        return List.of(
                OracleColumn.of("id", INT4),
                OracleColumn.of("t_text", TEXT, "Tidy A", "Tidy C", "Tidy T"),
                OracleColumn.of("t_num", WIDE_NUMERIC, "3.25", "17.25"),
                OracleColumn.of("t_wide", NUMERIC_WIDE, "3000000000000.50000"),
                OracleColumn.of("t_f4", FLOAT4, "0.5", "1.125"),
                OracleColumn.of("t_f8", FLOAT8, "0.25", "7.5"),
                OracleColumn.of("t_span", INTERVAL, "05:00:00", "30:00:00"),
                OracleColumn.of("t_small", INT4, "3", "8"),
                OracleColumn.of("t_flag", BOOL),
                OracleColumn.of("t_day", DATE, "2024-02-29", "2024-03-10"),
                OracleColumn.of("t_at", TIMESTAMP, "2024-02-21 13:00:00"),
                OracleColumn.of("t_tz", TIMESTAMPTZ, "2024-03-31 02:00:00+00"),
                OracleColumn.of("t_price", NUMERIC_2, "2.50", "11.25"));
    }

    private static List<OracleColumn> opaque() {
        List<OracleColumn> columns = new ArrayList<>(List.of(OracleColumn.of("id", INT4)));
        for (String name : List.of(
                "o_json",
                "o_jsonb",
                "o_xml",
                "o_point",
                "o_polygon",
                "o_range",
                "o_dates",
                "o_multirange",
                "o_vector",
                "o_money",
                "o_class",
                "o_pair",
                "o_moods",
                "o_floats",
                "o_numerics",
                "o_spans",
                "o_stamps",
                "o_bpchar",
                "o_byte",
                "o_span_range",
                "o_box",
                "o_circle",
                "o_query",
                "o_lsn",
                "o_xid",
                "o_tid")) {
            columns.add(OracleColumn.of(name, OTHER));
        }
        return List.copyOf(columns);
    }

    private static List<OracleColumn> everyType() {
        return List.of(
                OracleColumn.of("id", INT4),
                OracleColumn.of("c_bool", BOOL),
                OracleColumn.of("c_int2", INT2),
                OracleColumn.of("c_int4", INT4),
                OracleColumn.of("c_int8", INT8),
                OracleColumn.of("c_num", NUMERIC_2),
                OracleColumn.of("c_num6", NUMERIC_6),
                OracleColumn.of("c_num0", NUMERIC_0),
                OracleColumn.of("c_text", TEXT),
                OracleColumn.of("c_varchar", VARCHAR),
                OracleColumn.of("c_char", CHAR),
                OracleColumn.of("c_bytea", BYTEA),
                OracleColumn.of("c_date", DATE),
                OracleColumn.of("c_time", TIME),
                OracleColumn.of("c_ts", TIMESTAMP),
                OracleColumn.of("c_tstz", TIMESTAMPTZ),
                OracleColumn.of("c_uuid", UUID),
                OracleColumn.of("c_icu", TEXT));
    }
}
