package dev.sqlmem.testing;

import dev.sqlmem.server.Mode;
import org.junit.jupiter.api.Assumptions;

/** A running proxy in front of a PostgreSQL; closing it ends it. */
public interface ProxyUnderTest extends AutoCloseable {
    /** The loopback port that it listens on. */
    int port();

    @Override
    void close();

    /**
     * Starts a proxy on a free port of loopback.
     *
     * @param upstreamPort the port of the PostgreSQL on loopback, whose superuser {@code postgres}
     *     needs no password
     * @param database the database of the service account's URL
     */
    static ProxyUnderTest inFrontOf(int upstreamPort, String database, Mode mode) {
        return Assumptions.abort("the proxy is not built yet: nothing to put in front of port " + upstreamPort
                + ", database " + database + ", mode " + mode.label());
    }
}
