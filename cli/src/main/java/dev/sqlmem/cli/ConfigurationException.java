package dev.sqlmem.cli;

/** A setting that is missing, malformed or at odds with another; the message says what to write instead. */
final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ConfigurationException(String message) {
        super(message);
    }
}
