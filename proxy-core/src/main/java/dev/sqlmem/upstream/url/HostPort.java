package dev.sqlmem.upstream.url;

/**
 * One address of the upstream server.
 *
 * @param host a name or an address, an IPv6 address without its brackets
 * @param port the TCP port
 */
public record HostPort(String host, int port) {

    static final int DEFAULT_PORT = 5432;

    public HostPort {
        if (host.isEmpty()) {
            throw new IllegalArgumentException("the upstream URL has an empty host; write host:port");
        }
        if (host.startsWith("/") || host.startsWith("@")) {
            throw new IllegalArgumentException("Unix-domain sockets (" + host
                    + ") are not supported; write host:port, 127.0.0.1:5432 for instance");
        }
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("the port " + port + " is not in 1 to 65535");
        }
    }

    static int parsePort(String text) {
        if (text.isEmpty()) {
            return DEFAULT_PORT;
        }
        if (text.length() > 5 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("the port \"" + text + "\" is not a number in 1 to 65535");
        }
        return Integer.parseInt(text);
    }

    /** Returns {@code host:port}, an IPv6 address in brackets. */
    @Override
    public String toString() {
        if (host.indexOf(':') >= 0) {
            return "[" + host + "]:" + port;
        }
        return host + ":" + port;
    }
}
