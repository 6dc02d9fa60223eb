package dev.sqlmem.snapshot;

import java.io.IOException;

/** A file, or a table in it, is not as it was written; the message says what is wrong with it. */
public final class DamagedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    DamagedFileException(String message) {
        super(message);
    }
}
