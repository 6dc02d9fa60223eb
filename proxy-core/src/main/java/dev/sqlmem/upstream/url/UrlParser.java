package dev.sqlmem.upstream.url;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes a libpq connection URI apart. Messages never quote the URL's credentials: a misplaced {@code @}
 * can make any part of it a secret, so that only parts behind the credentials are quoted.
 */
final class UrlParser {

    /** The libpq parameters that have an effect, and below those that are accepted without any. */
    private static final Set<String> KNOWN = Set.of(
            "sslmode",
            "sslrootcert",
            "sslcert",
            "sslkey",
            "sslpassword",
            "options",
            "connect_timeout",
            "application_name",
            "target_session_attrs",
            "channel_binding",
            "gssencmode");

    private static final Set<String> WITHOUT_EFFECT = Set.of(
            "client_encoding",
            "fallback_application_name",
            "keepalives",
            "keepalives_idle",
            "keepalives_interval",
            "keepalives_count",
            "tcp_user_timeout",
            "load_balance_hosts",
            "sslsni",
            "sslcompression",
            "sslnegotiation",
            "require_auth");

    private final String url;
    private final Map<String, String> parameters = new LinkedHashMap<>();

    private String hostList = "";
    private String portList = "";
    private String user = "";
    private String password = "";
    private String database = "";

    UrlParser(String url) {
        this.url = url.strip();
    }

    UpstreamUrl parse() {
        String rest = withoutScheme();
        int question = rest.indexOf('?');
        String query;
        if (question < 0) {
            query = "";
        } else {
            query = rest.substring(question + 1);
        }
        String location;
        if (question < 0) {
            location = rest;
        } else {
            location = rest.substring(0, question);
        }

        int slash = location.indexOf('/');
        String authority;
        if (slash < 0) {
            authority = location;
        } else {
            authority = location.substring(0, slash);
        }
        if (slash >= 0) {
            database = decode(location.substring(slash + 1));
        }
        int at = authority.lastIndexOf('@');
        if (at >= 0) {
            credentials(authority.substring(0, at));
        }
        hostList = authority.substring(at + 1);
        parseQuery(query);

        String role;
        if (user.isEmpty()) {
            role = System.getProperty("user.name", "postgres");
        } else {
            role = user;
        }
        if (database.isEmpty()) {
            database = role;
        }
        UpstreamUrl parsed = new UpstreamUrl(hosts(), role, password.isEmpty() ? null : password, database, parameters);
        JdbcProperties.of(parsed);
        return parsed;
    }

    private String withoutScheme() {
        for (String scheme : new String[] {"postgresql://", "postgres://"}) {
            if (url.startsWith(scheme)) {
                return url.substring(scheme.length());
            }
        }
        throw new IllegalArgumentException(
                "the upstream URL must start with postgresql://, for instance postgresql://user:secret@host:5432/db");
    }

    private void credentials(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            user = decode(text);
            password = "";
        } else {
            user = decode(text.substring(0, colon));
            password = decode(text.substring(colon + 1));
        }
    }

    private void parseQuery(String query) {
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("a parameter of the upstream URL lacks its \"=\"");
            }
            parameter(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
        }
    }

    private void parameter(String name, String value) {
        switch (name) {
            case "user" -> user = value;
            case "password" -> password = value;
            case "dbname" -> database = value;
            case "host" -> hostList = value;
            case "port" -> portList = value;
            default -> {
                if (!KNOWN.contains(name) && !WITHOUT_EFFECT.contains(name)) {
                    throw new IllegalArgumentException("unknown parameter \"" + name + "\" in the upstream URL");
                }
                parameters.put(name, value);
            }
        }
    }

    private List<HostPort> hosts() {
        String[] ports = portList.split(",", -1);
        String[] entries = hostList.split(",", -1);
        if (ports.length != 1 && ports.length != entries.length) {
            throw new IllegalArgumentException("the upstream URL has " + entries.length + " hosts and " + ports.length
                    + " ports; give one port, or one a host");
        }
        List<HostPort> hosts = new ArrayList<>();
        for (int i = 0; i < entries.length; i++) {
            hosts.add(host(entries[i], ports[ports.length == 1 ? 0 : i]));
        }
        return hosts;
    }

    private static HostPort host(String entry, String defaultPort) {
        int end;
        if (entry.startsWith("[")) {
            end = entry.indexOf(']');
        } else {
            end = -1;
        }
        if (entry.startsWith("[") && end < 0) {
            throw new IllegalArgumentException("the IPv6 address " + entry + " lacks its closing bracket");
        }
        int colon = entry.indexOf(':', end + 1);
        if (end >= 0 && end + 1 != entry.length() && colon != end + 1) {
            throw new IllegalArgumentException("unexpected text after the IPv6 address " + entry);
        }
        if (end < 0 && colon != entry.lastIndexOf(':')) {
            throw new IllegalArgumentException("an IPv6 address stands in brackets: [" + entry + "]:5432");
        }
        String name;
        if (end >= 0) {
            name = entry.substring(1, end);
        } else if (colon < 0) {
            name = entry;
        } else {
            name = entry.substring(0, colon);
        }
        String port;
        if (colon < 0) {
            port = defaultPort;
        } else {
            port = entry.substring(colon + 1);
        }
        return new HostPort(decode(name), HostPort.parsePort(port));
    }

    /** Decodes {@code %XX} only: unlike in HTML forms a plus sign is a plus sign. */
    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                out.write(bytes[i]);
                continue;
            }
            int high;
            if (i + 2 < bytes.length) {
                high = Character.digit(bytes[i + 1], 16);
            } else {
                high = -1;
            }
            int low;
            if (i + 2 < bytes.length) {
                low = Character.digit(bytes[i + 2], 16);
            } else {
                low = -1;
            }
            if (high < 0 || low < 0 || high + low == 0) {
                throw new IllegalArgumentException(
                        "the upstream URL has a % without two hexadecimal digits (a percent sign is written %25)");
            }
            out.write(high << 4 | low);
            i += 2;
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
