package dev.sqlmem.upstream.url;

import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What libpq's parameters are called in pgjdbc. */
final class JdbcProperties {

    private static final String APPLICATION_NAME = "sqlmem";
    private static final String CONNECT_TIMEOUT_SECONDS = "10";

    private static final Map<String, String> SESSION_ATTRIBUTES = Map.of(
            "any", "any",
            "read-write", "primary",
            "primary", "primary",
            "read-only", "secondary",
            "standby", "secondary",
            "prefer-standby", "preferSecondary");

    private JdbcProperties() {}

    /** @throws IllegalArgumentException where a parameter's value is none that libpq knows */
    static Properties of(UpstreamUrl url) {
        Map<String, String> parameters = url.parameters();
        Properties properties = new Properties();
        properties.setProperty("user", url.user());
        put(properties, "password", url.password());
        properties.setProperty("sslmode", url.sslMode().text());
        trust(properties, url);
        for (String name : new String[] {"sslcert", "sslkey", "sslpassword", "options"}) {
            put(properties, name, parameters.get(name));
        }
        properties.setProperty("ApplicationName", parameters.getOrDefault("application_name", APPLICATION_NAME));
        String timeout = timeout(parameters.getOrDefault("connect_timeout", CONNECT_TIMEOUT_SECONDS));
        properties.setProperty("connectTimeout", timeout);
        properties.setProperty("loginTimeout", timeout);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("gssEncMode", parameters.getOrDefault("gssencmode", "disable"));
        put(properties, "channelBinding", parameters.get("channel_binding"));
        properties.setProperty("targetServerType", serverType(parameters.getOrDefault("target_session_attrs", "any")));
        // Named statements would be state that a pooler between here and the server may lose.
        properties.setProperty("prepareThreshold", "0");
        properties.setProperty("assumeMinServerVersion", "13");
        return properties;
    }

    private static void trust(Properties properties, UpstreamUrl url) {
        String rootCert = url.sslRootCert();
        if ("system".equals(rootCert)) {
            // libpq: "system" trusts the platform's roots and is of use only with verify-full.
            if (url.sslMode() != SslMode.VERIFY_FULL) {
                throw new IllegalArgumentException("sslrootcert=system needs sslmode=verify-full");
            }
            properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
            return;
        }
        put(properties, "sslrootcert", rootCert);
    }

    private static String timeout(String seconds) {
        try {
            return Integer.toString(Math.max(0, Integer.parseInt(seconds)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("connect_timeout \"" + seconds + "\" is not a number of seconds", e);
        }
    }

    private static String serverType(String attributes) {
        String type = SESSION_ATTRIBUTES.get(attributes);
        if (type == null) {
            throw new IllegalArgumentException("unknown target_session_attrs \"" + attributes + "\"");
        }
        return type;
    }

    private static void put(Properties properties, String name, @Nullable String value) {
        if (value != null) {
            properties.setProperty(name, value);
        }
    }
}
