package dev.sqlmem.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShopDatabaseTest {
    @Test
    void holdsTheSameDataEachTimeAndLeavesNothingBehind() throws IOException, SQLException {
        List<Path> before = folders();
        try (ShopDatabase shop = ShopDatabase.start();
                Connection connection = shop.connect()) {
            assertThat(folders()).hasSize(before.size() + 1);
            assertThat(text(connection, "SHOW server_version_num")).startsWith("18");
            assertThat(text(connection, "SELECT count(*) FROM customers")).isEqualTo("10000");
            assertThat(text(connection, "SELECT count(*) FROM products")).isEqualTo("1000");
            assertThat(text(connection, "SELECT count(*) FROM orders")).isEqualTo("100000");
            assertThat(text(connection, "SELECT count(*) FROM order_items")).isEqualTo("300000");
            assertThat(text(connection, "SELECT set_config('TimeZone', 'UTC', false)"))
                    .isEqualTo("UTC");
            assertThat(text(connection, "SELECT md5(string_agg(o::text, ',' ORDER BY id)) FROM orders AS o"))
                    .isEqualTo("d0bd56fa78e1193da21900d4a2beabeb");
            assertThat(text(
                            connection,
                            "SELECT count(*) FROM orders WHERE total <> (SELECT sum(quantity * price)"
                                    + " FROM order_items WHERE order_id = orders.id)"))
                    .isEqualTo("0");
        }
        assertThat(folders()).isEqualTo(before);
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static List<Path> folders() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("sqlmem-demo-"))
                    .sorted()
                    .toList();
        }
    }
}
