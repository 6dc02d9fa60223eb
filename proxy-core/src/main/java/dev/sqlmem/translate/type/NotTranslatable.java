package dev.sqlmem.translate.type;

/** A statement that the cache does not answer; the message is the reason that users see. */
public final class NotTranslatable extends Exception {
    private static final long serialVersionUID = 1L;

    private final String sqlState;
    private boolean ofTable;

    public NotTranslatable(String reason) {
        this("0A000", reason);
    }

    /** The same with the SQLSTATE that becomes of it where there is no upstream server to ask. */
    public NotTranslatable(String sqlState, String reason) {
        super(reason, null, false, false);
        this.sqlState = sqlState;
    }

    /** The same because of a table, which is not one for the cache. */
    public static NotTranslatable ofTable(String reason) {
        NotTranslatable of = new NotTranslatable(reason);
        of.ofTable = true;
        return of;
    }

    public boolean isOfTable() {
        return ofTable;
    }

    public String sqlState() {
        return sqlState;
    }
}
