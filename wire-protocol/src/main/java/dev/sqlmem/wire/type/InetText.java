package dev.sqlmem.wire.type;

/** Network addresses as text: dotted quads, and IPv6 with its longest run of zeros left out. */
public final class InetText {
    private static final int WORDS = 8;

    private InetText() {}

    public static String ipv4(byte[] bytes, int at) {
        return (bytes[at] & 0xff) + "." + (bytes[at + 1] & 0xff) + "." + (bytes[at + 2] & 0xff) + "."
                + (bytes[at + 3] & 0xff);
    }

    public static String ipv6(byte[] bytes, int at) {
        int[] words = new int[WORDS];
        for (int i = 0; i < WORDS; i++) {
            words[i] = (bytes[at + 2 * i] & 0xff) << 8 | (bytes[at + 2 * i + 1] & 0xff);
        }
        int longest = 1;
        int from = -1;
        for (int i = 0; i < WORDS; i++) {
            int end = i;
            while (end < WORDS && words[end] == 0) {
                end++;
            }
            if (end - i > longest) {
                longest = end - i;
                from = i;
            }
        }
        boolean quad =
                from == 0 && (longest == 6 || (longest == 7 && words[7] != 1) || (longest == 5 && words[5] == 0xffff));
        StringBuilder text = new StringBuilder(40);
        for (int i = 0; i < WORDS; i++) {
            if (from >= 0 && i >= from && i < from + longest) {
                text.append(i == from ? ":" : "");
                continue;
            }
            text.append(i > 0 ? ":" : "");
            if (i == 6 && quad) {
                return text.append(ipv4(bytes, at + 12)).toString();
            }
            text.append(Integer.toHexString(words[i]));
        }
        if (from >= 0 && from + longest == WORDS) {
            return text.append(':').toString();
        }
        return text.toString();
    }

    /** Reads {@code a.b.c.d} with or without {@code /n}; returns n, or -1 without. */
    public static int readIpv4(String text, byte[] address) {
        int slash = text.indexOf('/');
        String[] parts = (slash < 0 ? text : text.substring(0, slash)).split("\\.", -1);
        if (parts.length != 4) {
            throw new NotExactException("not a canonical IPv4 address");
        }
        for (int i = 0; i < 4; i++) {
            address[i] = (byte) number(parts[i], 255);
        }
        if (slash < 0) {
            return -1;
        }
        return number(text.substring(slash + 1), 32);
    }

    private static int number(String digits, int most) {
        boolean canonical = digits.matches("0|[1-9]\\d{0,2}");
        if (!canonical || Integer.parseInt(digits) > most) {
            throw new NotExactException("not a canonical IPv4 address");
        }
        return Integer.parseInt(digits);
    }
}
