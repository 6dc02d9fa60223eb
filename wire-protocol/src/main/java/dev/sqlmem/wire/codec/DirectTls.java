package dev.sqlmem.wire.codec;

/**
 * The client starts with a TLS handshake instead of SSLRequest, as it may since PostgreSQL 17. The bytes of
 * its first record stay in the {@link StartupDecoder} until that is removed.
 */
public enum DirectTls {
    INSTANCE
}
