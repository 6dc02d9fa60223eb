package dev.sqlmem.server;

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
}
