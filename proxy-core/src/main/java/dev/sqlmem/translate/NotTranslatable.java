package dev.sqlmem.translate;

/** A statement that the cache does not answer; the message is the reason that users see. */
final class NotTranslatable extends Exception {
    private static final long serialVersionUID = 1L;

    private final String sqlState;
    private boolean ofTable;

    NotTranslatable(String reason) {
        this("0A000", reason);
    }

    /** The same with the SQLSTATE that becomes of it where there is no upstream server to ask. */
    NotTranslatable(String sqlState, String reason) {
        super(reason, null, false, false);
        this.sqlState = sqlState;
    }

    /** The same because of a table, which is not one for the cache. */
    static NotTranslatable ofTable(String reason) {
        NotTranslatable of = new NotTranslatable(reason);
        of.ofTable = true;
        return of;
    }

    boolean isOfTable() {
        return ofTable;
    }

    String sqlState() {
        return sqlState;
    }
}
