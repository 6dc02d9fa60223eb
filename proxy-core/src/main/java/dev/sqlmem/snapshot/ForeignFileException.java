package dev.sqlmem.snapshot;

import java.io.IOException;

/** A file is whole perhaps, but not one that this version can read; the message says what it is. */
public final class ForeignFileException extends IOException {
    private static final long serialVersionUID = 1L;

    ForeignFileException(String message) {
        super(message);
    }
}
