package dev.sqlmem.oracle;

import dev.sqlmem.testing.LoginRequest;
import java.util.ArrayList;
import java.util.List;

/** The sessions under whose settings statements are asked. */
enum SessionKind {
    PLAIN(40),
    BERLIN(9),
    KATHMANDU(7),
    DAY_FIRST(8),
    /** Dates as 29.02.2024. */
    GERMAN(3),
    /** Dates as Thu 29 Feb 2024, intervals with "ago". */
    VERBOSE(4),
    /** Dates as 02/29/2024, intervals whose signs mean something else. */
    SQL_STANDARD(4),
    /** Intervals as P1DT2H, all digits of floats, a zone of half hours. */
    ISO_8601(4),
    /** Statements and values are read as LATIN1. */
    LATIN1(2),
    /** Backslashes in ordinary strings are escapes. */
    BACKSLASHES(2),
    BYTEA_ESCAPE(7),
    /** Another table stands in front of {@code public.narrow}. */
    ODD_PATH(6),
    FLOAT_DIGITS(4),
    /** A role that may read only some tables and columns, and of some only its own rows. */
    READER(6),
    /** A READ COMMITTED block around each statement. */
    BLOCK(6),
    /** A REPEATABLE READ block around each statement. */
    SNAPSHOT_BLOCK(2);

    private static final List<SessionKind> URN = urn();

    private final int weight;

    SessionKind(int weight) {
        this.weight = weight;
    }

    static SessionKind any(Dice dice) {
        return dice.pick(URN);
    }

    LoginRequest login(LoginRequest plain) {
        return switch (this) {
            case BERLIN -> plain.set("TimeZone", "Europe/Berlin");
            case DAY_FIRST -> plain.set("DateStyle", "ISO, DMY").set("client_encoding", "UTF8");
            case FLOAT_DIGITS -> plain.set("extra_float_digits", "0");
            case READER -> plain.as(OracleDatabase.READER, null);
            case ISO_8601 -> plain.set("extra_float_digits", "3").set("TimeZone", "America/St_Johns");
            default -> plain;
        };
    }

    /** Sent once after login. */
    List<String> preparations() {
        return switch (this) {
            case KATHMANDU -> List.of("SET TimeZone = 'Asia/Kathmandu'");
            case GERMAN -> List.of("SET DateStyle TO 'German'");
            case VERBOSE -> List.of("SET DateStyle TO 'Postgres, DMY'", "SET IntervalStyle TO 'postgres_verbose'");
            case SQL_STANDARD -> List.of("SET DateStyle TO 'SQL, MDY'", "SET IntervalStyle TO 'sql_standard'");
            case BYTEA_ESCAPE -> List.of("SET bytea_output = escape");
            case ODD_PATH -> List.of("SET search_path = \"Odd Schema\", public");
            case ISO_8601 -> List.of("SET IntervalStyle TO 'iso_8601'", "SET DateStyle TO 'ISO, YMD'");
            case LATIN1 -> List.of("SET client_encoding TO 'LATIN1'");
            case BACKSLASHES -> List.of("SET standard_conforming_strings TO off");
            default -> List.of();
        };
    }

    /** Sent before each statement, or empty. */
    String before() {
        return switch (this) {
            case BLOCK -> "BEGIN";
            case SNAPSHOT_BLOCK -> "BEGIN ISOLATION LEVEL REPEATABLE READ";
            default -> "";
        };
    }

    private static List<SessionKind> urn() {
        List<SessionKind> urn = new ArrayList<>();
        for (SessionKind kind : values()) {
            for (int i = 0; i < kind.weight; i++) {
                urn.add(kind);
            }
        }
        return List.copyOf(urn);
    }
}
