package dev.sqlmem.upstream.url;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** libpq's {@code sslmode} (manual, "SSL Support", table "SSL Mode Descriptions"). */
public enum SslMode {
    DISABLE,
    ALLOW,
    PREFER,
    REQUIRE,
    VERIFY_CA,
    VERIFY_FULL;

    /** Returns the mode as a URL writes it, {@code verify-full} for instance. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static SslMode parse(String text) {
        for (SslMode mode : values()) {
            if (mode.text().equals(text)) {
                return mode;
            }
        }
        String known = Arrays.stream(values()).map(SslMode::text).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("unknown sslmode \"" + text + "\"; it is one of " + known);
    }
}
