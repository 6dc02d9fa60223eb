package dev.sqlmem.oracle;

import static dev.sqlmem.oracle.SampleType.*;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Values of the types of the second set: of which some are equal and look different. */
final class MoreValues {
    static final Map<SampleType, List<String>> EDGES = edges();
    static final Map<SampleType, List<String>> ODD_SPELLINGS = oddSpellings();

    private MoreValues() {}

    static String random(SampleType type, Random random) {
        return switch (type) {
            case FLOAT4 -> String.valueOf(random.nextBoolean() ? random.nextFloat() * 100 : random.nextInt(1000) / 8f);
            case FLOAT8 ->
                String.valueOf(random.nextBoolean() ? random.nextGaussian() * 1e6 : random.nextInt(1000) / 100.0);
            case WIDE_NUMERIC ->
                random.nextBoolean()
                        ? new BigDecimal(new BigInteger(90, random), random.nextInt(20)).toPlainString()
                        : random.nextInt(20) + ".5" + "0".repeat(random.nextInt(4));
            case INTERVAL -> random.nextInt(40) - 10 + " days " + random.nextInt(50) + " hours";
            case TIMETZ ->
                "%02d:%02d:00%+03d".formatted(random.nextInt(24), random.nextInt(60), random.nextInt(28) - 14);
            case OID -> String.valueOf(random.nextLong(1L << 32));
            case NAME -> "name " + random.nextInt(20);
            case INET -> "10.%d.0.%d/%d".formatted(random.nextInt(3), random.nextInt(256), 8 + random.nextInt(25));
            case CIDR -> "10.%d.%d.0/24".formatted(random.nextInt(256), random.nextInt(256));
            case MACADDR -> "08:00:2b:01:02:%02x".formatted(random.nextInt(256));
            case VARBIT -> Integer.toBinaryString(random.nextInt(1000));
            case MOOD -> List.of("sad", "ok", "happy", "quite; happy").get(random.nextInt(4));
            case INTS -> "{" + random.nextInt(5) + "," + random.nextInt(5) + "}";
            case NUMERIC_WIDE ->
                new BigDecimal(new BigInteger(random.nextInt(95), random).multiply(BigInteger.valueOf(-1)), 5)
                        .toPlainString();
            case MACADDR8 -> "08:00:2b:01:02:%02x:00:ff".formatted(random.nextInt(256));
            case BIT4 ->
                "%4s".formatted(Integer.toBinaryString(random.nextInt(16))).replace(' ', '0');
            case LONGS -> "{" + random.nextLong() + "," + random.nextInt(3) + "}";
            case WORDS -> "{word" + random.nextInt(5) + ",\"two words\",NULL}";
            case UUIDS -> "{" + new java.util.UUID(random.nextLong(), random.nextLong()) + "}";
            case STAMPS -> "{\"2024-03-%02d 01:30:00+00\"}".formatted(1 + random.nextInt(31));
            default -> throw new AssertionError(type);
        };
    }

    private static Map<SampleType, List<String>> edges() {
        Map<SampleType, List<String>> edges = new EnumMap<>(SampleType.class);
        edges.put(FLOAT4, List.of("0", "-0", "1.1", "NaN", "Infinity", "-Infinity", "1e6", "1e-5", "16777216", "0.3"));
        edges.put(
                FLOAT8,
                List.of(
                        "0",
                        "-0",
                        "0.1",
                        "NaN",
                        "Infinity",
                        "-Infinity",
                        "1e15",
                        "1e23",
                        "5e-324",
                        "0.30000000000000004"));
        edges.put(
                WIDE_NUMERIC,
                List.of(
                        "0",
                        "0.00",
                        "1.1",
                        "1.10",
                        "-1.1",
                        "NaN",
                        "Infinity",
                        "-Infinity",
                        "1e30",
                        "10000",
                        "0.00001"));
        edges.put(
                INTERVAL,
                List.of("0", "1 mon", "30 days", "720:00:00", "-1 days +02:03:04", "1 year 2 mons -3 days 04:05:06.7"));
        edges.put(TIMETZ, List.of("12:00:00+00", "13:00:00+01", "24:00:00-15:59:59", "12:34:56.7+05:30"));
        edges.put(OID, List.of("0", "4294967295", "5", "2147483648"));
        edges.put(NAME, List.of("", "a", "é", "x".repeat(63), "A"));
        edges.put(INET, List.of("10.0.0.1", "10.0.0.1/8", "::1", "::ffff:1.2.3.4", "fe80::1/64", "0.0.0.0/0"));
        edges.put(CIDR, List.of("10.0.0.0/8", "10.1.2.3/32", "::/0", "2001:db8::/32"));
        edges.put(MACADDR, List.of("00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff"));
        edges.put(VARBIT, List.of("", "0", "1", "00", "10", "1111111111111111111111"));
        edges.put(MOOD, List.of("sad", "ok", "happy", "quite; happy"));
        edges.put(INTS, List.of("{}", "{1}", "{NULL}", "{1,2}", "[0:1]={1,2}", "{{1,2},{3,4}}"));
        edges.put(NUMERIC_WIDE, List.of("0", "0.00001", "-1.5", "9999999999999999999999999.99999", "NaN", "1.10"));
        edges.put(MACADDR8, List.of("00:00:00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff:ff:ff"));
        edges.put(BIT4, List.of("0000", "1111", "0101"));
        edges.put(LONGS, List.of("{}", "{9223372036854775807,NULL}", "{-1}"));
        edges.put(WORDS, List.of("{}", "{\"\"}", "{NULL,\"NULL\"}", "{é,\"a,b\",\"\\\"q\\\"\"}", "{{a},{b}}"));
        edges.put(UUIDS, List.of("{}", "{NULL}", "{00000000-0000-0000-0000-000000000000}"));
        edges.put(STAMPS, List.of("{}", "{infinity,NULL}", "{\"0044-03-15 12:00:00+00 BC\"}"));
        return edges;
    }

    private static Map<SampleType, List<String>> oddSpellings() {
        Map<SampleType, List<String>> odd = new EnumMap<>(SampleType.class);
        odd.put(FLOAT4, List.of("inf", " 1.5 ", "1.", ".5", "1e400", "0x10", "abc"));
        odd.put(FLOAT8, List.of("inf", "nan", "1e-400", "1.5e+3", "+1", "abc"));
        odd.put(WIDE_NUMERIC, List.of("1e5", ".5", "nan", "inf", "1_000", "x"));
        odd.put(
                INTERVAL,
                List.of("P1Y2M", "1-2", "1.5 days", "@ 1 day ago", "1 fortnight", "-1 day 02:00:00", "1 day "));
        odd.put(TIMETZ, List.of("12:00", "12:00:00", "12:00:00 Europe/Paris", "12:00:00Z", "25:00+00"));
        odd.put(OID, List.of("-1", " 5", "4294967296", "x"));
        odd.put(NAME, List.of("y".repeat(70)));
        odd.put(INET, List.of("10.1", "10.0.0.1/33", "010.0.0.1", "::1/129", "10.0.0.1/08"));
        odd.put(CIDR, List.of("10", "10.0.0.1/8", "10.0.0.0"));
        odd.put(MACADDR, List.of("08002b:010203", "08-00-2B-01-02-03", "08:00:2b:01:02"));
        odd.put(VARBIT, List.of("x1f", "b101", "102"));
        odd.put(MOOD, List.of("Sad", "furious", ""));
        odd.put(INTS, List.of("{ 1, 2 }", "{1,x}", "1,2", "{\"1\"}", "{1,null}", "{01}"));
        odd.put(NUMERIC_WIDE, List.of("1e5", "0.000001", "x"));
        odd.put(MACADDR8, List.of("08002b0102030405", "08:00:2b:01:02:03", "x"));
        odd.put(BIT4, List.of("xf", "101", "2"));
        odd.put(LONGS, List.of("{ 1 }", "{x}"));
        odd.put(WORDS, List.of("{ a }", "{null}", "a"));
        odd.put(UUIDS, List.of("{A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11}", "{x}"));
        odd.put(STAMPS, List.of("{2024-01-01}", "{now}"));
        return odd;
    }
}
