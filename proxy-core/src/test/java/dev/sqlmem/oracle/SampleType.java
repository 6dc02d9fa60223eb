package dev.sqlmem.oracle;

/** The types whose values are compared, with what the generator has to know of them. */
enum SampleType {
    BOOL("bool", 16),
    INT2("int2", 21),
    INT4("int4", 23),
    INT8("int8", 20),
    NUMERIC_2("numeric(10,2)", 1700),
    NUMERIC_6("numeric(18,6)", 1700),
    NUMERIC_0("numeric(5,0)", 1700),
    TEXT("text", 25),
    VARCHAR("varchar(20)", 1043),
    CHAR("char(8)", 1042),
    BYTEA("bytea", 17),
    DATE("date", 1082),
    TIME("time", 1083),
    TIMESTAMP("timestamp", 1114),
    TIMESTAMPTZ("timestamptz", 1184),
    UUID("uuid", 2950),
    FLOAT4("float4", 700),
    FLOAT8("float8", 701),
    WIDE_NUMERIC("numeric", 1700),
    INTERVAL("interval", 1186),
    TIMETZ("timetz", 1266),
    OID("oid", 26),
    NAME("name", 19),
    INET("inet", 869),
    CIDR("cidr", 650),
    MACADDR("macaddr", 829),
    VARBIT("varbit", 1562),
    /** An enumerated type; its OID is not fixed. */
    MOOD("mood", 0),
    INTS("int4[]", 1007),
    NUMERIC_WIDE("numeric(30,5)", 1700),
    MACADDR8("macaddr8", 774),
    BIT4("bit(4)", 1560),
    LONGS("int8[]", 1016),
    WORDS("text[]", 1009),
    UUIDS("uuid[]", 2951),
    STAMPS("timestamptz[]", 1185),
    /** Any type beyond these: only projected and tested for null. */
    OTHER("", 0);

    private final String sql;
    private final int oid;

    SampleType(String sql, int oid) {
        this.sql = sql;
        this.oid = oid;
    }

    String sql() {
        return sql;
    }

    int oid() {
        return oid;
    }

    boolean isInteger() {
        return this == INT2 || this == INT4 || this == INT8;
    }

    boolean isNumeric() {
        return this == NUMERIC_0 || this == NUMERIC_2 || this == NUMERIC_6;
    }

    boolean isSummable() {
        return isInteger() || isNumeric();
    }

    /** Whether a value is mostly written without quotes. */
    boolean isNumber() {
        return isSummable()
                || this == FLOAT4
                || this == FLOAT8
                || this == WIDE_NUMERIC
                || this == NUMERIC_WIDE
                || this == OID;
    }

    /** Whether equal values may look different: 1.1 and 1.10, 1 mon and 30 days, 0 and -0. */
    boolean hasSeveralForms() {
        return this == WIDE_NUMERIC || this == INTERVAL || this == FLOAT4 || this == FLOAT8;
    }

    boolean isString() {
        return this == TEXT || this == VARCHAR || this == CHAR;
    }

    boolean isTemporal() {
        return this == DATE || this == TIMESTAMP || this == TIMESTAMPTZ;
    }

    /** Whether min() and max() exist for it. */
    boolean hasExtremes() {
        return switch (this) {
            case BOOL, UUID, OTHER, MACADDR, MACADDR8, VARBIT, BIT4, NAME -> false;
            default -> true;
        };
    }

    /** Whether values are compared and equal ones look alike, so that they can be keys of groups and sets. */
    boolean isIdentity() {
        return this != OTHER && !hasSeveralForms();
    }
}
