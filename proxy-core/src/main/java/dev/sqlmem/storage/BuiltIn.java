package dev.sqlmem.storage;

import static dev.sqlmem.storage.OpaqueCodec.Form.BINARY;
import static dev.sqlmem.storage.OpaqueCodec.Form.BOTH;
import static dev.sqlmem.storage.OpaqueCodec.Form.BOTH_WITH_FLOATS;
import static dev.sqlmem.storage.OpaqueCodec.Form.SAME;
import static dev.sqlmem.storage.OpaqueCodec.Form.VERSIONED;

import java.util.ArrayList;
import java.util.List;

/**
 * A type that its OID alone tells, fixed in the server's {@code pg_type.dat}. money and "char" are not here:
 * they are never held.
 *
 * @param name as {@code pg_type} has it
 * @param codec how it is stored and written; numeric and bpchar have others where their modifier is missing or
 *     large
 */
public record BuiltIn(String name, TypeCodec codec) {

    static List<BuiltIn> table() {
        List<BuiltIn> table = new ArrayList<>();
        scalar(table, "bool", TypeCodecs.BOOL, 1000);
        scalar(table, "int2", TypeCodecs.INT2, 1005);
        scalar(table, "int4", TypeCodecs.INT4, 1007);
        scalar(table, "int8", TypeCodecs.INT8, 1016);
        scalar(table, "oid", TypeCodecs.OID, 1028);
        scalar(table, "numeric", TypeCodecs.NUMERIC, 1231);
        scalar(table, "float4", TypeCodecs.FLOAT4, 1021);
        scalar(table, "float8", TypeCodecs.FLOAT8, 1022);
        scalar(table, "date", TypeCodecs.DATE, 1182);
        scalar(table, "time", TypeCodecs.TIME, 1183);
        scalar(table, "timetz", TypeCodecs.TIMETZ, 1270);
        scalar(table, "timestamp", TypeCodecs.TIMESTAMP, 1115);
        scalar(table, "timestamptz", TypeCodecs.TIMESTAMPTZ, 1185);
        scalar(table, "interval", TypeCodecs.INTERVAL, 1187);
        scalar(table, "text", TypeCodecs.TEXT, 1009);
        scalar(table, "varchar", TypeCodecs.VARCHAR, 1015);
        scalar(table, "bpchar", TypeCodecs.BPCHAR, 1014);
        scalar(table, "name", TypeCodecs.NAME, 1003);
        scalar(table, "bytea", TypeCodecs.BYTEA, 1001);
        scalar(table, "uuid", TypeCodecs.UUID, 2951);
        scalar(table, "inet", TypeCodecs.INET, 1041);
        scalar(table, "cidr", TypeCodecs.CIDR, 651);
        scalar(table, "macaddr", TypeCodecs.MACADDR, 1040);
        scalar(table, "macaddr8", TypeCodecs.MACADDR8, 775);
        scalar(table, "bit", TypeCodecs.BIT, 1561);
        scalar(table, "varbit", TypeCodecs.VARBIT, 1563);
        documents(table);
        geometry(table);
        ranges(table);
        identifiers(table);
        return List.copyOf(table);
    }

    private static void documents(List<BuiltIn> table) {
        opaque(table, "json", 114, -1, SAME, 199);
        opaque(table, "jsonb", 3802, -1, VERSIONED, 3807);
        opaque(table, "xml", 142, -1, BOTH, 143);
        opaque(table, "jsonpath", 4072, -1, BOTH, 4073);
        opaque(table, "tsvector", 3614, -1, BOTH, 3643);
        opaque(table, "tsquery", 3615, -1, BOTH, 3645);
        opaque(table, "refcursor", 1790, -1, SAME, 2201);
    }

    private static void geometry(List<BuiltIn> table) {
        opaque(table, "point", 600, 16, BOTH_WITH_FLOATS, 1017);
        opaque(table, "lseg", 601, 32, BOTH_WITH_FLOATS, 1018);
        opaque(table, "path", 602, -1, BOTH_WITH_FLOATS, 1019);
        opaque(table, "box", 603, 32, BOTH_WITH_FLOATS, 1020);
        opaque(table, "polygon", 604, -1, BOTH_WITH_FLOATS, 1027);
        opaque(table, "line", 628, 24, BOTH_WITH_FLOATS, 629);
        opaque(table, "circle", 718, 24, BOTH_WITH_FLOATS, 719);
    }

    private static void ranges(List<BuiltIn> table) {
        opaque(table, "int4range", 3904, -1, BOTH, 3905);
        opaque(table, "numrange", 3906, -1, BOTH, 3907);
        opaque(table, "int8range", 3926, -1, BOTH, 3927);
        opaque(table, "daterange", 3912, -1, BINARY, 3913);
        opaque(table, "tsrange", 3908, -1, BINARY, 3909);
        opaque(table, "tstzrange", 3910, -1, BINARY, 3911);
        opaque(table, "int4multirange", 4451, -1, BOTH, 6150);
        opaque(table, "nummultirange", 4532, -1, BOTH, 6151);
        opaque(table, "int8multirange", 4536, -1, BOTH, 6157);
        opaque(table, "datemultirange", 4535, -1, BINARY, 6155);
        opaque(table, "tsmultirange", 4533, -1, BINARY, 6152);
        opaque(table, "tstzmultirange", 4534, -1, BINARY, 6153);
    }

    /** What the text of a reg… type is depends on search_path and rights. */
    private static void identifiers(List<BuiltIn> table) {
        opaque(table, "tid", 27, 6, BOTH, 1010);
        opaque(table, "xid", 28, 4, BOTH, 1011);
        opaque(table, "cid", 29, 4, BOTH, 1012);
        opaque(table, "xid8", 5069, 8, BOTH, 271);
        opaque(table, "pg_lsn", 3220, 8, BOTH, 3221);
        opaque(table, "pg_snapshot", 5038, -1, BOTH, 5039);
        opaque(table, "txid_snapshot", 2970, -1, BOTH, 2949);
        opaque(table, "int2vector", 22, -1, BOTH, 1006);
        opaque(table, "oidvector", 30, -1, BOTH, 1013);
        opaque(table, "regproc", 24, 4, BINARY, 1008);
        opaque(table, "regprocedure", 2202, 4, BINARY, 2207);
        opaque(table, "regoper", 2203, 4, BINARY, 2208);
        opaque(table, "regoperator", 2204, 4, BINARY, 2209);
        opaque(table, "regclass", 2205, 4, BINARY, 2210);
        opaque(table, "regtype", 2206, 4, BINARY, 2211);
        opaque(table, "regrole", 4096, 4, BINARY, 4097);
        opaque(table, "regnamespace", 4089, 4, BINARY, 4090);
        opaque(table, "regconfig", 3734, 4, BINARY, 3735);
        opaque(table, "regdictionary", 3769, 4, BINARY, 3770);
        opaque(table, "regcollation", 4191, 4, BINARY, 4192);
    }

    private static void scalar(List<BuiltIn> table, String name, TypeCodec codec, int array) {
        table.add(new BuiltIn(name, codec));
        table.add(new BuiltIn("_" + name, new ArrayCodec(array, codec.oid(), codec)));
    }

    private static void opaque(
            List<BuiltIn> table, String name, int oid, int length, OpaqueCodec.Form form, int array) {
        table.add(new BuiltIn(name, new OpaqueCodec(oid, length, form)));
        OpaqueCodec.Form arrays;
        if (form == SAME || form == VERSIONED) {
            arrays = BOTH;
        } else {
            arrays = form;
        }
        table.add(new BuiltIn("_" + name, new OpaqueCodec(array, -1, arrays)));
    }
}
