package dev.sqlmem.upstream.url;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in plain words why the upstream can't be reached, and what to check. */
public final class ConnectionAdvice {
    /** What Netty writes before the system's own words, as in {@code connect(..) failed with error(-111): }. */
    private static final Pattern SYSTEM_CALL = Pattern.compile("^\\w+\\(\\.\\.\\) failed with error\\(-?\\d+\\): ");

    private ConnectionAdvice() {}

    /** Returns one or two sentences for the operator; the URL's secrets are not in them. */
    public static String of(SQLException failure, UpstreamUrl url) {
        String state;
        if (failure.getSQLState() == null) {
            state = "";
        } else {
            state = failure.getSQLState();
        }
        String message = String.valueOf(failure.getMessage());
        String lower = message.toLowerCase(Locale.ROOT);
        if (cause(failure, UnknownHostException.class) != null) {
            return "No address is known for " + hosts(url) + ". Check the host name in --upstream.";
        }
        if (cause(failure, SocketTimeoutException.class) != null
                || cause(failure, NoRouteToHostException.class) != null) {
            return "No answer from " + hosts(url) + ". Check the host and the port, and firewalls on the way.";
        }
        if (cause(failure, ConnectException.class) != null) {
            return "Nothing accepts connections at " + hosts(url)
                    + ". Check that the server runs, that it listens on this address (listen_addresses), and the port.";
        }
        if (lower.contains("no pg_hba.conf entry")) {
            if (url.sslMode() == SslMode.DISABLE) {
                return "The server lets role " + url.user() + " in from here with TLS only, or not at all (" + message
                        + "). Say sslmode=require in --upstream, or verify-full with sslrootcert=FILE.";
            }
            return "The server's pg_hba.conf lets no such connection in (" + message + "). Add a line for role "
                    + url.user() + " and this machine's address there, or try sslmode=require.";
        }
        if (lower.contains("ssl") || lower.contains("certificate") || lower.contains("hostnameverifier")) {
            return "TLS with " + hosts(url) + " failed (" + message + "). Check sslmode (it is "
                    + url.sslMode().text() + ")" + tls(lower);
        }
        return byState(state, message, url);
    }

    private static String tls(String message) {
        if (message.contains("does not support ssl")) {
            return ": the server has TLS off. Switch it on there (ssl = on), or say sslmode=disable in --upstream where"
                    + " nobody can listen in.";
        }
        if (message.contains("root certificate file")) {
            return ": to check who the server is, it takes the certificate of the authority that signed the server's."
                    + " Name its file with sslrootcert=FILE in --upstream.";
        }
        if (message.contains("hostname")) {
            return ": the server's certificate is for another name. Write that name as the host in --upstream, or say"
                    + " sslmode=verify-ca.";
        }
        if (message.contains("certification path") || message.contains("validat")) {
            return " and sslrootcert: the certificates there have not signed the server's.";
        }
        return " and sslrootcert in --upstream, and that the server has TLS on.";
    }

    /** What the failure itself says, without names of system calls. */
    public static String reason(Throwable failure) {
        return SYSTEM_CALL.matcher(String.valueOf(failure.getMessage())).replaceFirst("");
    }

    private static String byState(String state, String message, UpstreamUrl url) {
        return switch (state) {
            case "28P01" ->
                "The server rejected the password of role " + url.user() + ". Check user and password in --upstream"
                        + " (percent-encode special characters in the password).";
            case "28000" -> "The server doesn't let role " + url.user() + " in (" + message + ").";
            case "08004" ->
                message.contains("password")
                        ? "The server wants a password for role " + url.user() + ". Add it to --upstream:"
                                + " postgresql://" + url.user() + ":secret@..."
                        : "The server rejected the connection (" + message + ").";
            case "3D000" ->
                "There is no database \"" + url.database() + "\" at " + hosts(url)
                        + ". Check the name after the last slash of --upstream.";
            case "57P03" -> "The server at " + hosts(url) + " is starting up or shutting down. Try again soon.";
            case "53300" ->
                "The server at " + hosts(url) + " has no connection left (" + message
                        + "). Raise max_connections or the limit of role " + url.user() + ".";
            case "42501" ->
                "Role " + url.user() + " lacks a privilege (" + message + "). Grant it CONNECT on database "
                        + url.database() + ", and USAGE and SELECT on what is to be cached.";
            default -> "The upstream " + url.redacted() + " can't be used: " + message;
        };
    }

    private static String hosts(UpstreamUrl url) {
        return String.join(", ", url.hosts().stream().map(HostPort::toString).toList());
    }

    private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }
}
