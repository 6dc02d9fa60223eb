package dev.sqlmem.server;

import java.util.Arrays;

/** What the proxy does with statements that are not reads of named columns from one table. */
public enum Mode {
    /** Writes are refused, so are {@code SELECT *} and JOIN; the upstream session is read-only as well. */
    READ_ONLY("read-only"),
    /** Everything that the cache cannot answer exactly is relayed. */
    TRANSPARENT("transparent");

    private final String label;

    Mode(String label) {
        this.label = label;
    }

    /** The name on the command line. */
    public String label() {
        return label;
    }

    /**
     * The mode of that label, whatever its case.
     *
     * @throws IllegalArgumentException where there is none; says which there are
     */
    public static Mode parse(String text) {
        return Arrays.stream(values())
                .filter(mode -> mode.label.equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + text + "\" is no mode; there are read-only and transparent"));
    }
}
