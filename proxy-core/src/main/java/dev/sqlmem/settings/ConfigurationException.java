package dev.sqlmem.settings;

/** A setting that is missing, malformed or at odds with another; the message says what to write instead. */
public final class ConfigurationException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }
}
