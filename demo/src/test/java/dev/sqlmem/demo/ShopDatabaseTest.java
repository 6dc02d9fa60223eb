package dev.sqlmem.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopDatabaseTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void holdsTheSameDataEachTimeAndKeepsItForTheNextStart() throws IOException, SQLException {
        try (DemoFolder folder = DemoFolder.open(directory.resolve("demo"))) {
            assertThat(ShopDatabase.isKept(folder)).isFalse();
            try (ShopDatabase shop = ShopDatabase.start(folder);
                    Connection connection = shop.connect()) {
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
                text(
                        connection,
                        "WITH gone AS (DELETE FROM order_items WHERE id = 1 RETURNING id) SELECT id FROM gone");
            }
            assertThat(ShopDatabase.isKept(folder)).isTrue();
            try (ShopDatabase shop = ShopDatabase.start(folder);
                    Connection connection = shop.connect()) {
                assertThat(text(connection, "SELECT count(*) FROM order_items")).isEqualTo("299999");
            }
        }
    }

    @Test
    void makesDamagedDataAnew() throws IOException, SQLException {
        try (DemoFolder folder = DemoFolder.open(directory.resolve("demo"))) {
            ShopDatabase.start(folder).close();
            Files.delete(folder.data().resolve("global").resolve("pg_control"));

            try (ShopDatabase shop = ShopDatabase.start(folder);
                    Connection connection = shop.connect()) {
                assertThat(text(connection, "SELECT count(*) FROM orders")).isEqualTo("100000");
            }
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
