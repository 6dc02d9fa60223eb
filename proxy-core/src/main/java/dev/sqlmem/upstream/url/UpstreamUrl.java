package dev.sqlmem.upstream.url;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where the upstream server is and who the service account is, as a libpq connection URI says it (manual,
 * "libpq: Connection URIs"). Immutable. The password is in no text that this class makes.
 */
public final class UpstreamUrl {

    private final List<HostPort> hosts;
    private final String user;
    private final @Nullable String password;
    private final String database;
    private final Map<String, String> parameters;

    UpstreamUrl(
            List<HostPort> hosts,
            String user,
            @Nullable String password,
            String database,
            Map<String, String> parameters) {
        this.hosts = List.copyOf(hosts);
        this.user = user;
        this.password = password;
        this.database = database;
        this.parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * Parses {@code postgresql://user:secret@host:port,host2:port2/database?sslmode=require&...}.
     *
     * @throws IllegalArgumentException with a message for people, free of secrets, where the URL is wrong
     */
    public static UpstreamUrl parse(String url) {
        return new UrlParser(url).parse();
    }

    /** Returns the addresses in the order in which they are tried; never empty. */
    public List<HostPort> hosts() {
        return hosts;
    }

    /** Returns the service account's role name. */
    public String user() {
        return user;
    }

    /** Returns the service account's password, or null where the URL has none. */
    public @Nullable String password() {
        return password;
    }

    /** Returns the database; that of the role's name where the URL names none. */
    public String database() {
        return database;
    }

    /** Returns how TLS is used; with a root certificate {@code require} means {@code verify-ca}, as in libpq. */
    public SslMode sslMode() {
        String fallback;
        if ("system".equals(sslRootCert())) {
            fallback = "verify-full";
        } else {
            fallback = "prefer";
        }
        SslMode mode = SslMode.parse(parameters.getOrDefault("sslmode", fallback));
        if (mode == SslMode.REQUIRE && sslRootCert() != null) {
            return SslMode.VERIFY_CA;
        }
        return mode;
    }

    /** Returns the file with the trusted root certificates, or null for the default. */
    public @Nullable String sslRootCert() {
        return parameters.get("sslrootcert");
    }

    /** Returns the URL's parameters, decoded, in their order; without host, port, user, password and dbname. */
    public Map<String, String> parameters() {
        return parameters;
    }

    /** Returns the same server and account, but another database. */
    public UpstreamUrl withDatabase(String other) {
        return new UpstreamUrl(hosts, user, password, other, parameters);
    }

    /** Returns the same account and database, at one of the addresses only. */
    public UpstreamUrl withHost(HostPort host) {
        return new UpstreamUrl(List.of(host), user, password, database, parameters);
    }

    /** Returns the URL for pgjdbc; everything else is in {@link #jdbcProperties()}. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + hostList() + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    /** Returns new connection properties for pgjdbc; they hold the password. */
    public Properties jdbcProperties() {
        return JdbcProperties.of(this);
    }

    /** Returns the URL with its secrets replaced by {@code ***}, for logs and messages. */
    public String redacted() {
        StringBuilder text = new StringBuilder("postgresql://").append(encode(user));
        if (password != null) {
            text.append(":***");
        }
        text.append('@').append(hostList()).append('/').append(encode(database));
        String query = parameters.entrySet().stream()
                .map(e -> e.getKey() + "=" + (e.getKey().equals("sslpassword") ? "***" : encode(e.getValue())))
                .collect(Collectors.joining("&"));
        if (query.isEmpty()) {
            return text.toString();
        }
        return text.append('?').append(query).toString();
    }

    /** Returns {@link #redacted()}. */
    @Override
    public String toString() {
        return redacted();
    }

    private String hostList() {
        return hosts.stream().map(HostPort::toString).collect(Collectors.joining(","));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
