package dev.sqlmem.settings;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address to listen on or to connect to.
 *
 * @param host a name or an IP address, without brackets; empty means every address of the machine
 * @param port 0 means any free port
 */
public record ListenAddress(String host, int port) {
    private static final Pattern FORM = Pattern.compile("(?:\\[([^\\[\\]]+)\\]|([^:\\[\\]\\s]*)):(\\d{1,5})");

    /**
     * Reads {@code 127.0.0.1:6432}, {@code [::1]:6432}, {@code db.example:6432} or {@code :6432}.
     *
     * @throws IllegalArgumentException when the text is none of these
     */
    public static ListenAddress parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not HOST:PORT, for example 127.0.0.1:6432 or [::1]:6432");
        }
        int port = Integer.parseInt(matcher.group(3));
        if (port > 65_535) {
            throw new IllegalArgumentException("\"" + text + "\": a port is at most 65535");
        }
        String bracketed = matcher.group(1);
        return new ListenAddress(bracketed == null ? matcher.group(2) : bracketed, port);
    }

    /** A bound address. */
    static ListenAddress of(InetSocketAddress bound) {
        return new ListenAddress(bound.getAddress().getHostAddress(), bound.getPort());
    }

    /** Whether every address behind the name stays on this machine. A name that cannot be resolved does not. */
    public boolean isLoopback() {
        if (host.isEmpty()) {
            return false;
        }
        try {
            return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    /** The host to bind; an empty one stands for every address. */
    public String bindHost() {
        if (host.isEmpty()) {
            return "0.0.0.0";
        }
        return host;
    }

    /** The address to bind. */
    public InetSocketAddress socketAddress() {
        return new InetSocketAddress(bindHost(), port);
    }

    /** Where a client on this machine finds a server that listens here. */
    public ListenAddress reachable() {
        return switch (host) {
            case "", "0.0.0.0" -> new ListenAddress("127.0.0.1", port);
            case "::", "0:0:0:0:0:0:0:0" -> new ListenAddress("::1", port);
            default -> this;
        };
    }

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
