package dev.sqlmem.plan;

/** A statement that the cache does not answer; the message is the reason that users see. */
final class NotTranslatable extends Exception {
    private static final long serialVersionUID = 1L;

    NotTranslatable(String reason) {
        super(reason, null, false, false);
    }
}
