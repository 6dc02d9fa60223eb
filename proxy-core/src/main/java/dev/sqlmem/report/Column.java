package dev.sqlmem.report;

/**
 * A column of a table of {@code sqlmem}. Its name is a contract.
 *
 * @param description what it holds, in a few words
 */
public record Column(String name, Type type, String description) {

    /** The types there are, by their names in SQL. */
    public enum Type {
        /** A {@code String}. */
        TEXT("text"),
        /** A {@code Long}. */
        INT8("int8"),
        /** An {@code Instant}. */
        TIMESTAMPTZ("timestamptz");

        private final String label;

        Type(String label) {
            this.label = label;
        }

        /** The type's name in SQL. */
        public String label() {
            return label;
        }
    }
}
