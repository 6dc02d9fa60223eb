package dev.sqlmem.session.answer;

/** An answer of the cache failed for no reason that anybody has thought of. */
final class CacheFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CacheFault(Error cause) {
        super(cause);
    }
}
