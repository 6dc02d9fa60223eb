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
                new Sample("float8", 701, -1, Edges.DOUBLES, Sample::randomDouble),
                new Sample("float4", 700, -1, Edges.FLOATS, Sample::randomFloat),
                new Sample("numeric", 1700, -1, Edges.NUMERICS, Sample::numeric),
                new Sample("numeric(30,4)", 1700, (30 << 16 | 4) + 4, List.of("NaN", "0", "-0.0001"), Sample::plain),
                new Sample("numeric(5,-2)", 1700, (5 << 16 | 2046) + 4, List.of("100", "-12345"), Sample::small),
                new Sample("interval", 1186, -1, Edges.INTERVALS, Sample::interval),
                new Sample("date", 1082, -1, Edges.DATES, Sample::date),
                new Sample("timestamp", 1114, -1, Edges.TIMESTAMPS, dice -> date(dice) + " " + time(dice)),
                new Sample("time", 1083, -1, Edges.TIMES, Sample::time),
                new Sample("timetz", 1266, -1, Edges.TIMETZS, dice -> time(dice) + offset(dice)),
                new Sample("oid", 26, -1, List.of("0", "4294967295", "2147483648"), Sample::unsigned),
                new Sample("name", 19, -1, Edges.NAMES, Sample::word),
                new Sample("inet", 869, -1, Edges.INETS, Sample::inet),
                new Sample("cidr", 650, -1, Edges.CIDRS, Sample::cidr),
                new Sample("macaddr", 829, -1, List.of("00:00:00:00:00:00"), dice -> mac(dice, 6)),
                new Sample("macaddr8", 774, -1, List.of("ff:ff:ff:ff:ff:ff:ff:ff"), dice -> mac(dice, 8)),
                new Sample("varbit", 1562, -1, List.of("", "0", "1", "00", "10", "01", "1".repeat(65)), Sample::bits),
                new Sample("bit(11)", 1560, 11, List.of("0".repeat(11)), Sample::bits));
    }

    static List<Sample> arrays() {
        return List.of(
                new Sample("int4[]", 1007, -1, Edges.INT_ARRAYS, dice -> array(dice, d -> String.valueOf(d.nextInt()))),
                new Sample("bool[]", 1000, -1, List.of("{t,f,NULL}"), dice -> array(dice, d -> "t")),
                new Sample("text[]", 1009, -1, Edges.TEXT_ARRAYS, dice -> array(dice, Sample::quotedWord)),
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
        long address = bits == 0 ? 0 : dice.nextLong(1L << 32) & (-1L << (32 - bits));
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
