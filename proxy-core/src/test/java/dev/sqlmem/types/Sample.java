package dev.sqlmem.types;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * A type's edge values, and random ones.
 *
 * @param type as SQL writes it
 * @param oid its OID
 * @param typmod its modifier
 * @param edges text input
 * @param random makes more of it
 */
record Sample(String type, int oid, int typmod, List<String> edges, Function<Random, String> random) {
    private static final int RANDOM_VALUES = Integer.getInteger("sqlmem.types.random", 400);

    List<String> values() {
        Random dice = new Random(type.hashCode());
        List<String> values = new ArrayList<>(edges);
        for (int i = 0; i < RANDOM_VALUES; i++) {
            values.add(random.apply(dice));
        }
        return values;
    }

    @Override
    public String toString() {
        return type;
    }

    static List<Sample> scalars() {
        return List.of(
                new Sample("float8", 701, -1, DOUBLES, Sample::randomDouble),
                new Sample("float4", 700, -1, FLOATS, Sample::randomFloat),
                new Sample("numeric", 1700, -1, NUMERICS, Sample::numeric),
                new Sample("numeric(30,4)", 1700, (30 << 16 | 4) + 4, List.of("NaN", "0", "-0.0001"), Sample::plain),
                new Sample("numeric(5,-2)", 1700, (5 << 16 | 2046) + 4, List.of("100", "-12345"), Sample::small),
                new Sample("interval", 1186, -1, INTERVALS, Sample::interval),
                new Sample("date", 1082, -1, DATES, Sample::date),
                new Sample("timestamp", 1114, -1, TIMESTAMPS, dice -> date(dice) + " " + time(dice)),
                new Sample("time", 1083, -1, TIMES, Sample::time),
                new Sample("timetz", 1266, -1, TIMETZS, dice -> time(dice) + offset(dice)),
                new Sample("oid", 26, -1, List.of("0", "4294967295", "2147483648"), Sample::unsigned),
                new Sample("name", 19, -1, NAMES, Sample::word),
                new Sample("inet", 869, -1, INETS, Sample::inet),
                new Sample("cidr", 650, -1, CIDRS, Sample::cidr),
                new Sample("macaddr", 829, -1, List.of("00:00:00:00:00:00"), dice -> mac(dice, 6)),
                new Sample("macaddr8", 774, -1, List.of("ff:ff:ff:ff:ff:ff:ff:ff"), dice -> mac(dice, 8)),
                new Sample("varbit", 1562, -1, List.of("", "0", "1", "00", "10", "01", "1".repeat(65)), Sample::bits),
                new Sample("bit(11)", 1560, 11, List.of("0".repeat(11)), Sample::bits));
    }

    static List<Sample> arrays() {
        return List.of(
                new Sample("int4[]", 1007, -1, INT_ARRAYS, dice -> array(dice, d -> String.valueOf(d.nextInt()))),
                new Sample("bool[]", 1000, -1, List.of("{t,f,NULL}"), dice -> array(dice, d -> "t")),
                new Sample("text[]", 1009, -1, TEXT_ARRAYS, dice -> array(dice, Sample::quotedWord)),
                new Sample("char(3)[]", 1014, 7, List.of("{a,\"b \",NULL,\"\",é}"), dice -> "{abc}"),
                new Sample("numeric[]", 1231, -1, List.of("{1.0,1.00,NaN,-Infinity}"), d -> array(d, Sample::numeric)),
                new Sample(
                        "numeric(9,2)[]", 1231, (9 << 16 | 2) + 4, List.of("{1.5,NULL}"), d -> array(d, Sample::small)),
                new Sample("float8[]", 1022, -1, List.of("{-0,1e300,NaN}"), d -> array(d, Sample::randomDouble)),
                new Sample("date[]", 1182, -1, List.of("{infinity,0044-03-15 BC}"), d -> array(d, Sample::date)),
                new Sample(
                        "timestamp[]",
                        1115,
                        -1,
                        List.of("{}"),
                        d -> array(d, e -> '"' + date(e) + " " + time(e) + '"')),
                new Sample("interval[]", 1187, -1, List.of("{1 day,-2 mons}"), d -> array(d, Sample::interval)),
                new Sample("bytea[]", 1001, -1, List.of("{\"\\\\x00ff5c22\",NULL}"), d -> "{\"\\\\x41\"}"),
                new Sample("inet[]", 1041, -1, List.of("{10.0.0.1/8}"), d -> array(d, Sample::inet)),
                new Sample("uuid[]", 2951, -1, List.of("{}"), d -> "{" + new java.util.UUID(d.nextLong(), 0) + "}"));
    }

    private static final List<String> DOUBLES = List.of(
            "0",
            "-0",
            "1",
            "-1",
            "0.1",
            "NaN",
            "Infinity",
            "-Infinity",
            "1e15",
            "999999999999999",
            "1e14",
            "1e-4",
            "1e-5",
            "9.999e-5",
            "1e22",
            "1e23",
            "9007199254740992",
            "9007199254740993",
            "9007199254740991",
            "36028797018964100",
            "5e-324",
            "1e-323",
            "1.5e-323",
            "2e-323",
            "2.5e-323",
            "1.2e-322",
            "2.2250738585072014e-308",
            "2.225073858507201e-308",
            "1.7976931348623157e308",
            "4.35",
            "0.30000000000000004",
            "2e-3",
            "123456789.125",
            "1e100",
            "8.41e21",
            "2.0e16",
            "5e15",
            "0.5",
            "4503599627370496.5",
            "4503599627370497.5",
            "9.5367431640625e-07",
            "1.1754943508222875e-38",
            "18014398509481984",
            "72057594037927936",
            "1e21",
            "3e-44");
    private static final List<String> FLOATS = List.of(
            "0",
            "-0",
            "1",
            "0.1",
            "1.1",
            "NaN",
            "Infinity",
            "-Infinity",
            "1e6",
            "999999",
            "16777216",
            "16777217",
            "1e-4",
            "1e-5",
            "1e-45",
            "3e-45",
            "7e-45",
            "1.4e-44",
            "1.17549435e-38",
            "1.1754942e-38",
            "3.4028235e38",
            "33554432",
            "8388608.5",
            "9.5367432e-07",
            "1e10",
            "1e9",
            "123456.7",
            "0.3333333");
    private static final List<String> NUMERICS = List.of(
            "0",
            "0.0",
            "0.000",
            "1",
            "1.0",
            "1.10",
            "1.1",
            "-1.1",
            "-1.10",
            "NaN",
            "Infinity",
            "-Infinity",
            "10000",
            "9999",
            "10000.0001",
            "0.0001",
            "0.00001",
            "1e30",
            "-1e30",
            "1e-30",
            "1e200",
            "-99999999.99999999",
            "-9999",
            "-10000",
            "-10000.0001",
            "-10001",
            "123456789012345678901234567890.123456789",
            "1e60",
            "100000000",
            "0.5000");
    private static final List<String> INTERVALS = List.of(
            "0",
            "1 mon",
            "30 days",
            "720:00:00",
            "1 year",
            "360 days",
            "-1 mon",
            "-1 year",
            "-1 year -1 mon",
            "1 year 2 mons -3 days 04:05:06.7",
            "-1 days +02:03:04",
            "1 day -00:00:00.000001",
            "-00:00:01",
            "-00:00:00.5",
            "00:00:01",
            "00:01:00",
            "01:00:00",
            "1 sec",
            "1.5 sec",
            "-1 sec",
            "1 year 1 sec",
            "-1 year -1 sec",
            "-1 day -1 hour -1 min -1 sec",
            "1 mon -1 day",
            "-178000000 years",
            "178000000 years",
            "-2147483648 days",
            "2147483647 days",
            "-1 mon -1 day -1 min",
            "12 hours 1 mon",
            "-1 year 1 hour",
            "-0.000001 sec",
            "1 mon 0.000001 sec",
            "-1 mon 1 sec",
            "-1 day 1 sec",
            "-5 sec 3 days",
            "infinity",
            "-infinity",
            "2562047788:00:54.775807",
            "-2562047788 hours -54.775807 secs",
            "-1 hour 1 year");
    private static final List<String> DATES = List.of(
            "infinity",
            "-infinity",
            "2000-01-01",
            "1999-12-31",
            "0001-01-01",
            "0001-12-31 BC",
            "4713-01-01 BC",
            "5874897-12-31",
            "2024-02-29",
            "10000-01-01",
            "0099-05-06",
            "0044-03-15 BC");
    private static final List<String> TIMESTAMPS = List.of(
            "infinity",
            "-infinity",
            "2000-01-01 00:00:00",
            "1999-12-31 23:59:59.999999",
            "0001-12-31 23:59:59 BC",
            "4713-01-01 00:00:00 BC",
            "294276-12-31 23:59:59.999999",
            "2024-02-29 12:34:56.12",
            "12345-06-07 00:00:00.1");
    private static final List<String> TIMES = List.of("00:00:00", "24:00:00", "23:59:59.999999", "12:34:56.100");
    private static final List<String> TIMETZS = List.of(
            "00:00:00+00",
            "24:00:00-15:59:59",
            "12:00:00+00",
            "13:00:00+01",
            "11:00:00-01",
            "00:00:00+15:59:59",
            "12:00:00+05:30",
            "12:00:00-04:56:02",
            "23:59:59.999999+00");
    private static final List<String> NAMES = List.of("", "a", "A", "é", "x".repeat(63), "a b");
    private static final List<String> INETS = List.of(
            "0.0.0.0/0",
            "0.0.0.0",
            "10.0.0.1",
            "10.0.0.1/8",
            "10.0.0.0/8",
            "10.0.0.0/16",
            "255.255.255.255",
            "::",
            "::1",
            "::/0",
            "::ffff:1.2.3.4",
            "::1.2.3.4",
            "fe80::1/64",
            "2001:db8:0:1:0:0:0:1",
            "1::",
            "1:0:0:2:0:0:0:3",
            "::2:0:0:0:0:0",
            "::ffff:0:1",
            "2001:0:0:1::",
            "0:0:0:0:0:0:1:1",
            "0:0:0:0:0:fffe:1:1",
            "ab:0:1:2:3:4:5:6");
    private static final List<String> CIDRS = List.of(
            "0.0.0.0/0", "10.0.0.0/8", "10.0.0.0/9", "10.1.2.3/32", "::/0", "::1/128", "fe80::/10", "2001:db8::/32");
    private static final List<String> INT_ARRAYS = List.of(
            "{}",
            "{1}",
            "{NULL}",
            "{1,NULL,-2}",
            "{{1,2},{3,4}}",
            "[0:1]={1,2}",
            "{1,2}",
            "[-2:-1][3:3]={{1},{NULL}}",
            "{{{1}}}");
    private static final List<String> TEXT_ARRAYS = List.of(
            "{}",
            "{\"\"}",
            "{NULL}",
            "{\"NULL\"}",
            "{\"null\"}",
            "{\"nUlL\"}",
            "{\"a b\"}",
            "{\"a,b\"}",
            "{\"{}\"}",
            "{\"\\\\\"}",
            "{\"\\\"\"}",
            "{é\u00a0}",
            "{\"a\tb\"}",
            "{a\u000bb}",
            "{\"x\n\"}",
            "{NULLS}",
            "{'}");

    private static String randomDouble(Random dice) {
        return switch (dice.nextInt(4)) {
            case 0 -> String.valueOf(dice.nextInt(2_000_000) / 100.0 - 10_000);
            case 1 -> String.valueOf(dice.nextGaussian() * Math.pow(10, dice.nextInt(30) - 15));
            case 2 -> String.valueOf(Double.longBitsToDouble(dice.nextLong(1L << 54)));
            default -> {
                double value = Double.longBitsToDouble(dice.nextLong());
                yield Double.isNaN(value) ? "NaN" : String.valueOf(value);
            }
        };
    }

    private static String randomFloat(Random dice) {
        float value = dice.nextBoolean() ? Float.intBitsToFloat(dice.nextInt()) : dice.nextInt(1_000_000) / 100f;
        return Float.isNaN(value) ? "NaN" : String.valueOf(value);
    }

    private static String numeric(Random dice) {
        BigInteger digits = new BigInteger(1 + dice.nextInt(120), dice);
        int scale = dice.nextInt(25);
        String text = new BigDecimal(digits, scale).toPlainString();
        return dice.nextBoolean() ? text : "-" + text;
    }

    private static String plain(Random dice) {
        return new BigDecimal(new BigInteger(80, dice), 4).toPlainString();
    }

    private static String small(Random dice) {
        return String.valueOf(dice.nextInt(2_000_000) - 1_000_000);
    }

    private static String interval(Random dice) {
        int size = dice.nextInt(3);
        int bound = size == 0 ? 3 : size == 1 ? 50 : 1_000_000;
        return "%d mons %d days %d.%06d secs"
                .formatted(
                        dice.nextInt(2 * bound) - bound,
                        dice.nextInt(2 * bound) - bound,
                        dice.nextInt(2 * bound) - bound,
                        dice.nextBoolean() ? 0 : dice.nextInt(1_000_000));
    }

    private static String date(Random dice) {
        boolean before = dice.nextInt(5) == 0;
        int year = dice.nextInt(4) == 0 ? 1 + dice.nextInt(4_000) : 1900 + dice.nextInt(200);
        return "%04d-%02d-%02d%s"
                .formatted(year, 1 + dice.nextInt(12), 1 + dice.nextInt(28), before ? " BC" : "")
                .replace(" BC", "");
    }

    private static String time(Random dice) {
        String seconds = "%02d:%02d:%02d".formatted(dice.nextInt(24), dice.nextInt(60), dice.nextInt(60));
        return dice.nextBoolean() ? seconds : seconds + ".%06d".formatted(dice.nextInt(1_000_000));
    }

    private static String offset(Random dice) {
        return "%s%02d:%02d".formatted(dice.nextBoolean() ? "+" : "-", dice.nextInt(15), dice.nextInt(60));
    }

    private static String unsigned(Random dice) {
        return String.valueOf(dice.nextLong(1L << 32));
    }

    private static String word(Random dice) {
        String letters = "abcABC xyz_09é";
        StringBuilder word = new StringBuilder();
        for (int i = dice.nextInt(8); i > 0; i--) {
            word.append(letters.charAt(dice.nextInt(letters.length())));
        }
        return word.toString();
    }

    private static String quotedWord(Random dice) {
        return dice.nextInt(6) == 0 ? "NULL" : '"' + word(dice) + '"';
    }

    private static String inet(Random dice) {
        if (dice.nextBoolean()) {
            return "%d.%d.%d.%d/%d"
                    .formatted(
                            dice.nextInt(3) * 127,
                            dice.nextInt(256),
                            dice.nextInt(3),
                            dice.nextInt(256),
                            dice.nextInt(33));
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            text.append(i == 0 ? "" : ":")
                    .append(dice.nextInt(3) > 0 ? "0" : Integer.toHexString(dice.nextInt(65_536)));
        }
        return text.append('/').append(dice.nextInt(129)).toString();
    }

    private static String cidr(Random dice) {
        int bits = dice.nextInt(33);
        long address = bits == 0 ? 0 : dice.nextLong(1L << 32) & -1L << 32 - bits;
        return "%d.%d.%d.%d/%d"
                .formatted(address >> 24 & 255, address >> 16 & 255, address >> 8 & 255, address & 255, bits);
    }

    private static String mac(Random dice, int bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes; i++) {
            text.append(i == 0 ? "" : ":").append("%02x".formatted(dice.nextInt(256)));
        }
        return text.toString();
    }

    private static String bits(Random dice) {
        StringBuilder text = new StringBuilder();
        for (int i = dice.nextInt(20); i > 0; i--) {
            text.append(dice.nextInt(2));
        }
        return text.toString();
    }

    private static String array(Random dice, Function<Random, String> element) {
        StringBuilder text = new StringBuilder("{");
        int length = dice.nextInt(4);
        for (int i = 0; i < length; i++) {
            String each = element.apply(dice);
            boolean quote = each.indexOf(' ') >= 0 && each.charAt(0) != '"';
            text.append(i == 0 ? "" : ",").append(quote ? '"' + each + '"' : each);
        }
        return text.append('}').toString();
    }
}
