package dev.sqlmem.cli;

import dev.sqlmem.settings.ListenAddress;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A connection to a running proxy, as any client has one. Not for several threads at once. */
final class ProxyClient implements AutoCloseable {
    private static final int CONNECT_SECONDS = 5;

    private final Connection connection;

    private ProxyClient(Connection connection) {
        this.connection = connection;
    }

    /**
     * Connects to the proxy at an address with somebody else's account.
     *
     * @param account whose user, password and database are used
     * @throws SQLException when nobody listens there, or the account is not let in
     */
    static ProxyClient connect(ListenAddress proxy, UpstreamUrl account) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", account.user());
        String password = account.password();
        if (password != null) {
            properties.setProperty("password", password);
        }
        properties.setProperty("connectTimeout", Integer.toString(CONNECT_SECONDS));
        properties.setProperty("ApplicationName", "sqlmem");
        String database = URLEncoder.encode(account.database(), StandardCharsets.UTF_8);
        return new ProxyClient(DriverManager.getConnection("jdbc:postgresql://" + proxy + "/" + database, properties));
    }

    /**
     * Connects to the proxy that a URL names.
     *
     * @throws SQLException when nobody listens there, or the account is not let in
     */
    static ProxyClient connect(UpstreamUrl url) throws SQLException {
        return new ProxyClient(DriverManager.getConnection(url.jdbcUrl(), url.jdbcProperties()));
    }

    /** Runs a query; returns its rows as they are. */
    List<List<String>> sentences(String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            return cells(rows);
        }
    }

    /** Runs a query whose parameters are texts. */
    TextTable query(String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return table(rows);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static TextTable table(ResultSet rows) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        List<String> headers = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
            headers.add(rows.getMetaData().getColumnLabel(column));
        }
        return new TextTable(headers, cells(rows));
    }

    private static List<List<String>> cells(ResultSet rows) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        List<List<String>> cells = new ArrayList<>();
        while (rows.next()) {
            List<String> row = new ArrayList<>();
            for (int column = 1; column <= columns; column++) {
                row.add(orEmpty(rows.getString(column)));
            }
            cells.add(row);
        }
        return cells;
    }

    private static String orEmpty(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return text;
    }
}
