package dev.sqlmem.oracle;

import static dev.sqlmem.oracle.SampleType.*;

import dev.sqlmem.testing.ExtendedQuery;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.RawClient;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The values that tables hold and statements compare with: edges first, then random ones.
 *
 * <p>Their binary form is asked of the server, so that no encoder stands between the two sides.
 */
final class SampleValues {
    private static final int RANDOM_VALUES = 12;
    private static final Map<SampleType, List<String>> EDGES = edges();
    private static final Map<SampleType, List<String>> ODD_SPELLINGS = oddSpellings();

    private final Map<SampleType, List<SampleValue>> values = new EnumMap<>(SampleType.class);

    /** Draws the values and asks this session, which must have default settings, for their bytes. */
    SampleValues(RawClient server, long seed) {
        Random random = new Random(seed);
        for (SampleType type : SampleType.values()) {
            if (type != OTHER) {
                List<SampleValue> drawn = new ArrayList<>();
                texts(type, random).forEach(text -> drawn.add(new SampleValue(type, text, binary(server, type, text))));
                values.put(type, drawn);
            }
        }
    }

    SampleValue any(SampleType type, Random random) {
        List<SampleValue> all = values.getOrDefault(type, List.of());
        return all.get(random.nextInt(all.size()));
    }

    /** Input that PostgreSQL takes, or refuses, though it never prints it so. */
    SampleValue oddlySpelt(SampleType type, Random random) {
        List<String> odd = ODD_SPELLINGS.getOrDefault(type, List.of());
        return odd.isEmpty() ? any(type, random) : new SampleValue(type, odd.get(random.nextInt(odd.size())), null);
    }

    /** The texts that the table's column of that type is filled with. */
    static List<String> texts(SampleType type, Random random) {
        List<String> texts = new ArrayList<>(EDGES.getOrDefault(type, List.of()));
        for (int i = 0; i < RANDOM_VALUES && type != BOOL; i++) {
            texts.add(random(type, random));
        }
        return texts;
    }

    private static byte[] binary(RawClient server, SampleType type, String text) {
        List<Frame> answer = server.extended(ExtendedQuery.of("SELECT " + SampleValue.quoted(text) + "::" + type.sql())
                .binaryResults());
        return answer.stream()
                .filter(frame -> frame.is('D'))
                .map(row -> FrameText.cells(row).get(0))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type.sql() + ": " + text + " " + answer));
    }

    private static String random(SampleType type, Random random) {
        return switch (type) {
            case BOOL -> String.valueOf(random.nextBoolean());
            case INT2 -> String.valueOf((short) random.nextInt());
            case INT4 -> String.valueOf(random.nextBoolean() ? random.nextInt() : random.nextInt(25));
            case INT8 -> String.valueOf(random.nextBoolean() ? random.nextLong() : random.nextInt(500));
            case NUMERIC_2 -> "%d.%02d".formatted(random.nextInt(2_000_000) - 1_000_000, random.nextInt(100));
            case NUMERIC_6 -> "%d.%06d".formatted(random.nextLong(1_000_000_000_000L), random.nextInt(1_000_000));
            case NUMERIC_0 -> String.valueOf(random.nextInt(199_999) - 99_999);
            case TEXT, VARCHAR -> word(random, 12);
            case CHAR -> word(random, 8);
            case BYTEA -> {
                StringBuilder hex = new StringBuilder("\\x");
                for (int i = random.nextInt(9); i > 0; i--) {
                    hex.append("%02x".formatted(random.nextInt(256)));
                }
                yield hex.toString();
            }
            case DATE -> date(random);
            case TIME -> time(random);
            case TIMESTAMP -> date(random) + " " + time(random);
            case TIMESTAMPTZ -> date(random) + " " + time(random) + "+00";
            case UUID -> new java.util.UUID(random.nextLong(), random.nextLong()).toString();
            default -> MoreValues.random(type, random);
        };
    }

    private static String word(Random random, int longest) {
        String letters = "abcABC xyz_%-09éñß€日😀'\"\\";
        int[] points = letters.codePoints().toArray();
        StringBuilder word = new StringBuilder();
        for (int i = random.nextInt(longest + 1); i > 0; i--) {
            word.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return word.toString();
    }

    private static String date(Random random) {
        return "%04d-%02d-%02d".formatted(1960 + random.nextInt(90), 1 + random.nextInt(12), 1 + random.nextInt(28));
    }

    private static String time(Random random) {
        String seconds = "%02d:%02d:%02d".formatted(random.nextInt(24), random.nextInt(60), random.nextInt(60));
        return random.nextBoolean() ? seconds : seconds + ".%06d".formatted(random.nextInt(1_000_000));
    }

    private static Map<SampleType, List<String>> edges() {
        Map<SampleType, List<String>> edges = new EnumMap<>(MoreValues.EDGES);
        edges.put(BOOL, List.of("true", "false"));
        edges.put(INT2, List.of("0", "1", "-1", "7", "32767", "-32768"));
        edges.put(INT4, List.of("0", "1", "-1", "7", "2147483647", "-2147483648", "10", "20"));
        edges.put(
                INT8,
                List.of("0", "1", "-1", "9223372036854775807", "-9223372036854775808", "2147483648", "-2147483649"));
        edges.put(NUMERIC_2, List.of("0", "0.01", "-0.01", "1.10", "99999999.99", "-99999999.99", "0.10", "10"));
        edges.put(NUMERIC_6, List.of("0", "0.000001", "-0.000001", "999999999999.999999", "-999999999999.999999"));
        edges.put(NUMERIC_0, List.of("0", "1", "-1", "99999", "-99999"));
        edges.put(TEXT, strings());
        edges.put(
                VARCHAR,
                strings().stream()
                        .filter(s -> s.codePointCount(0, s.length()) <= 20)
                        .toList());
        edges.put(
                CHAR,
                strings().stream()
                        .filter(s -> s.codePointCount(0, s.length()) <= 8)
                        .toList());
        edges.put(BYTEA, List.of("\\x", "\\x00", "\\xff", "\\x00ff", "\\xdeadbeef", "\\x5c27", "\\x61626320"));
        edges.put(
                DATE,
                List.of(
                        "2000-01-01",
                        "1999-12-31",
                        "2024-02-29",
                        "1970-01-01",
                        "0001-01-01",
                        "0001-12-31 BC",
                        "4714-11-24 BC",
                        "5874897-12-31",
                        "9999-12-31",
                        "10000-01-01",
                        "infinity",
                        "-infinity"));
        edges.put(
                TIME, List.of("00:00:00", "24:00:00", "23:59:59.999999", "12:00:00", "12:34:56.1", "00:00:00.000001"));
        edges.put(
                TIMESTAMP,
                List.of(
                        "2000-01-01 00:00:00",
                        "1999-12-31 23:59:59.999999",
                        "2024-02-29 12:34:56.12",
                        "4714-11-24 00:00:00 BC",
                        "294276-12-31 23:59:59.999999",
                        "0001-01-01 00:00:00",
                        "infinity",
                        "-infinity"));
        edges.put(
                TIMESTAMPTZ,
                List.of(
                        "2000-01-01 00:00:00+00",
                        "1999-12-31 23:59:59.999999+00",
                        "2024-03-31 00:59:59.5+00",
                        "2024-03-31 01:00:00+00",
                        "2024-10-27 00:30:00+00",
                        "2024-10-27 01:30:00+00",
                        "1969-12-31 23:00:00+00",
                        "1850-06-01 12:00:00+00",
                        "0044-03-15 12:00:00+00 BC",
                        "294276-12-31 23:59:59.999999+00",
                        "infinity",
                        "-infinity"));
        edges.put(
                UUID,
                List.of(
                        "00000000-0000-0000-0000-000000000000",
                        "ffffffff-ffff-ffff-ffff-ffffffffffff",
                        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"));
        return edges;
    }

    private static List<String> strings() {
        return List.of(
                "",
                " ",
                "a",
                "A",
                "Z",
                "z",
                "a ",
                "a  ",
                " a",
                "abc",
                "ABC",
                "ab%",
                "a_c",
                "100%",
                "%",
                "_",
                "\\",
                "a\\b",
                "it's",
                "\"q\"",
                "NULL",
                "é",
                "e\u0301",
                "ß",
                "İ",
                "日本語",
                "\uff5e",
                "😀",
                "\u00a0x",
                "x\ty",
                "x\ny",
                "\u007f",
                "\ufffd",
                "exactly twenty chars",
                "longer than two hundred bytes " + "0123456789".repeat(25));
    }

    private static Map<SampleType, List<String>> oddSpellings() {
        Map<SampleType, List<String>> odd = new EnumMap<>(MoreValues.ODD_SPELLINGS);
        odd.put(BOOL, List.of("yes", "of", "1", " TRUE ", "t", "maybe"));
        odd.put(INT2, List.of(" 7 ", "007", "+7", "-0", "99999", "7.0", "0x10"));
        odd.put(INT4, List.of(" 7 ", "007", "+7", "-0", "3000000000", "7.0", "1_000", ""));
        odd.put(INT8, List.of(" 7 ", "+1", "9223372036854775808", "1e3"));
        odd.put(NUMERIC_2, List.of("1e1", ".5", "5.", "1.1", "1.100", "12.345", "NaN", "Infinity", "1,5"));
        odd.put(NUMERIC_6, List.of("1e-6", "0.0000001", "1e15", "-.5"));
        odd.put(NUMERIC_0, List.of("1.5", "1.0", "100000", "-0"));
        odd.put(CHAR, List.of("a         ", "abc            x"));
        odd.put(VARCHAR, List.of("a string of more than twenty characters"));
        odd.put(BYTEA, List.of("abc", "\\000a\\\\", "\\xDEAD", "\\x de ad", "\\xzz", "\\1"));
        odd.put(
                DATE,
                List.of("20240229", "Feb 29, 2024", "01/02/2024", "J2451545", "2024-2-9", "2024-02-30", "epoch", "x"));
        odd.put(TIME, List.of("12:34", "allballs", "12:34:56 PM", "12:34:56.1234567", "25:00", "12:34:56+02"));
        odd.put(
                TIMESTAMP,
                List.of(
                        "2024-02-29T12:34:56Z",
                        "2024-02-29",
                        "2024-02-28 23:59:60",
                        "01/02/2024 03:04",
                        "2024-02-29 12:34:56.1234565",
                        "2024-13-01 00:00"));
        odd.put(
                TIMESTAMPTZ,
                List.of(
                        "2024-07-01 12:00:00",
                        "2024-07-01 12:00 Europe/Paris",
                        "2024-03-31 02:30:00",
                        "2024-02-29T12:34:56.5Z",
                        "2024-02-29",
                        "02/03/2024 12:00+05:30"));
        odd.put(
                UUID,
                List.of(
                        "A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11",
                        "{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}",
                        "a0eebc999c0b4ef8bb6d6bb9bd380a11",
                        "a0eebc99"));
        return odd;
    }
}
