package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.FrameCompare;
import dev.sqlmem.testing.FrameCompare.ErrorMatch;
import dev.sqlmem.testing.RowOrder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements of several queries and tables: the cache gives the server's own frames, and does give them. */
class StructureTest {
    private static final String[] SCRIPT = {
        "CREATE TABLE customers (id int PRIMARY KEY, name text COLLATE \"C\", city text, ref bigint UNIQUE)",
        "CREATE TABLE orders (id bigint PRIMARY KEY, customer_id int, total numeric(10,2), placed date, state varchar(8))",
        "CREATE TABLE items (order_id bigint, line int, sku text, amount int, price numeric(8,2),"
                + " PRIMARY KEY (order_id, line))",
        "CREATE TABLE stock (sku text PRIMARY KEY, amount int)",
        "CREATE TABLE nothing (id int PRIMARY KEY, v text)",
        "CREATE TABLE odd (id int, a int, b int, gone int, c text)",
        "ALTER TABLE odd DROP COLUMN gone",
        "INSERT INTO customers SELECT i, 'n' || i % 5, nullif('c' || i % 3, 'c0'), nullif(i, 4) * 10"
                + " FROM generate_series(1, 12) i",
        "INSERT INTO orders SELECT i, nullif(i % 9, 0), i * 1.25, date '2024-01-01' + i % 5,"
                + " (array['new', 'paid', NULL])[i % 3 + 1] FROM generate_series(1, 30) i",
        "INSERT INTO items SELECT i / 2, i % 2, nullif('s' || i % 6, 's5'), i % 4, i * 0.5"
                + " FROM generate_series(1, 50) i",
        "INSERT INTO stock SELECT 's' || i, nullif(i, 3) FROM generate_series(0, 8) i",
        "INSERT INTO odd VALUES (1, 1, 1, 'x'), (1, 1, 1, 'x'), (2, NULL, 2, NULL), (NULL, NULL, NULL, 'y'),"
                + " (4, 2, NULL, 'x')",
        "CREATE TABLE moments (d date, ts timestamp)",
        "INSERT INTO moments VALUES ('infinity', 'infinity'), ('-infinity', '-infinity'), (NULL, NULL),"
                + " ('5874897-12-31', '294276-12-31 23:59:59.999999'), ('4714-11-24 BC', '4714-11-24 00:00 BC'),"
                + " ('294277-01-01', '2024-01-01'), ('2024-01-01', '2024-01-01 00:00:00.000001')",
        "ANALYZE"
    };

    private static Scene scene;
    private static Client proxied;
    private static Client direct;

    @BeforeAll
    static void start() {
        scene = Scene.transparent("structure", SCRIPT);
        proxied = scene.client();
        direct = scene.direct();
    }

    @AfterAll
    static void stop() {
        direct.close();
        proxied.close();
        scene.close();
    }

    /** What is relayed, and still right, errors included. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT o.id FROM orders o, LATERAL (SELECT * FROM items i WHERE i.order_id = o.id) x",
                "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 5) SELECT r.n FROM r, odd",
                "SELECT id FROM odd INTERSECT ALL SELECT a FROM odd",
                "SELECT id FROM odd EXCEPT ALL SELECT a FROM odd",
                "SELECT state FROM orders INTERSECT SELECT state::varchar(4) FROM orders",
                "SELECT total FROM orders EXCEPT SELECT price FROM items",
                "SELECT id, (SELECT line FROM items i WHERE i.order_id = o.id) FROM orders o",
                "SELECT id, (SELECT line FROM items i WHERE i.order_id = o.id) FROM orders o WHERE id = 1",
                "SELECT a.id FROM odd a FULL JOIN odd b ON a.id < b.id",
                "SELECT c.id FROM customers c JOIN stock s ON c.name = s.sku",
                "SELECT name FROM customers UNION SELECT sku FROM stock",
                "SELECT id, row_number() OVER (ORDER BY state) FROM orders",
                "SELECT id, row_number() OVER w FROM orders WINDOW w AS (ORDER BY id)",
                "SELECT (SELECT max(o.id) FROM items) FROM orders o GROUP BY o.state",
                "SELECT id FROM orders o WHERE id IN (SELECT max(o.id) FROM items)",
                "SELECT a.id FROM customers a, customers a",
                "SELECT id FROM customers a, customers b",
                "SELECT a.id FROM customers a JOIN orders b ON c.id = 1, odd c",
                "SELECT j.id FROM (customers a JOIN odd b USING (id)) AS j",
                "SELECT c FROM customers c WHERE c.id = 1",
                "SELECT c.ctid, c.id FROM customers c",
                "SELECT x.id FROM (SELECT id, 10 / (id - 5) AS q FROM customers) x WHERE x.id <> 5",
                "SELECT x.id FROM (SELECT id, 10 / (id - 5) AS q FROM customers) x",
                "SELECT id FROM customers WHERE id IN (SELECT 10 / (id - 5) FROM customers)",
                "SELECT DISTINCT ON (state) state, id FROM orders ORDER BY state, id",
                "SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id FOR UPDATE OF o",
                "VALUES (1), (2)",
                "SELECT id FROM orders WHERE id = (SELECT id FROM nothing WHERE v = 'x')",
                "SELECT a FROM odd GROUP BY CUBE (a, b)",
                "SELECT a.id FROM odd a TABLESAMPLE SYSTEM (100)",
                "SELECT o.id FROM orders o NATURAL JOIN odd",
            })
    void relaysWhatItCannotProve(String sql) {
        for (int i = 0; i < 3; i++) {
            var difference = new FrameCompare(new RowOrder.Any(), ErrorMatch.MESSAGE)
                    .difference(direct.ask(sql).frames(), proxied.ask(sql).frames());
            assertThat(difference).isEmpty();
        }
        assertThat(Scene.explain(proxied, sql)).contains("route: relay");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM customers",
                "SELECT c.* FROM customers c WHERE c.id = 3",
                "SELECT c.*, c.id AS again, * FROM customers c",
                "SELECT * FROM odd",
                "SELECT o.id, c.name FROM orders o JOIN customers c ON c.id = o.customer_id",
                "SELECT o.*, c.* FROM orders o LEFT JOIN customers c ON c.id = o.customer_id AND c.city = 'c1'",
                "SELECT o.id, c.id FROM orders o RIGHT JOIN customers c ON c.id = o.customer_id",
                "SELECT o.id, c.id FROM orders o FULL OUTER JOIN customers c ON c.id = o.customer_id",
                "SELECT count(*) FROM orders CROSS JOIN customers",
                "SELECT a.id, b.id FROM customers a, customers b WHERE a.id < b.id AND a.city = b.city",
                "SELECT a.id, o.id, c.id FROM nothing a RIGHT JOIN odd o ON a.id = o.a, customers c",
                "SELECT a.id, o.id, c.id FROM customers c, nothing a RIGHT JOIN odd o ON a.id = o.a",
                "SELECT a.id, o.id, c.id FROM customers c, nothing a FULL JOIN odd o ON a.id = o.a WHERE c.id < 3",
                "SELECT * FROM items i JOIN stock s USING (sku)",
                "SELECT sku, i.sku, s.sku FROM items i LEFT JOIN stock s USING (sku)",
                "SELECT sku, i.sku, s.sku FROM items i RIGHT JOIN stock s USING (sku)",
                "SELECT sku, i.sku, s.sku, line FROM items i FULL JOIN stock s USING (sku)",
                "SELECT * FROM items i FULL JOIN stock s USING (sku)",
                "SELECT * FROM items NATURAL JOIN stock",
                "SELECT * FROM stock NATURAL LEFT JOIN nothing",
                "SELECT * FROM (orders o JOIN customers c ON c.id = o.customer_id) JOIN items i ON i.order_id = o.id",
                "SELECT o.id, i.line FROM orders o LEFT JOIN (items i JOIN stock s ON s.sku = i.sku AND s.amount > 2)"
                        + " ON i.order_id = o.id",
                "SELECT c.name, sum(o.total), count(o.id) FROM customers c LEFT JOIN orders o ON o.customer_id = c.id"
                        + " GROUP BY c.id",
                "SELECT c.name, count(*) AS n FROM orders o, customers c, items i WHERE c.id = o.customer_id"
                        + " AND i.order_id = o.id GROUP BY c.name HAVING count(*) > 1 ORDER BY n DESC, 1 LIMIT 3",
                "SELECT d.n FROM (SELECT name AS n FROM customers WHERE id > 4) d WHERE d.n <> 'n1'",
                "SELECT * FROM (SELECT customer_id, count(*) FROM orders GROUP BY 1) d (who, many) WHERE many > 3",
                "SELECT id FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)",
                "SELECT id FROM customers c WHERE NOT EXISTS (SELECT * FROM orders o WHERE o.customer_id = c.id)",
                "SELECT id FROM customers WHERE id IN (SELECT customer_id FROM orders WHERE state = 'paid')",
                "SELECT id FROM customers WHERE id NOT IN (SELECT customer_id FROM orders)",
                "SELECT id FROM customers WHERE id NOT IN (SELECT customer_id FROM orders WHERE customer_id > 3)",
                "SELECT id FROM odd WHERE a IN (SELECT id FROM nothing)",
                "SELECT id FROM odd WHERE a NOT IN (SELECT id FROM nothing)",
                "SELECT id FROM odd WHERE (a, b) IN (SELECT id, a FROM odd)",
                "SELECT id FROM odd WHERE (a, b) NOT IN (SELECT id, a FROM odd)",
                "SELECT id FROM odd WHERE a = ANY (SELECT b FROM odd)",
                "SELECT id FROM odd WHERE a <> ALL (SELECT b FROM odd)",
                "SELECT id, (SELECT max(o.total) FROM orders o WHERE o.customer_id = c.id) FROM customers c",
                "SELECT id, (SELECT count(*) FROM orders) AS n FROM customers c",
                "SELECT o.id, (SELECT c.name FROM customers c WHERE c.id = o.customer_id) FROM orders o",
                "SELECT id FROM orders WHERE total > (SELECT min(price) FROM items)",
                "WITH big AS (SELECT id, customer_id FROM orders WHERE total > 10)"
                        + " SELECT c.name, b.id FROM big b JOIN customers c ON c.id = b.customer_id",
                "WITH a AS (SELECT id FROM odd), b (x, y) AS MATERIALIZED (SELECT a.id, 1 FROM a)"
                        + " SELECT b.x, a.id FROM a, b ORDER BY 1, 2",
                "WITH a AS NOT MATERIALIZED (SELECT * FROM customers) SELECT * FROM a WHERE id = 3",
                "SELECT id FROM customers UNION SELECT customer_id FROM orders",
                "SELECT id FROM customers UNION ALL SELECT customer_id FROM orders ORDER BY 1 LIMIT 4",
                "SELECT id FROM customers INTERSECT SELECT customer_id FROM orders",
                "SELECT customer_id FROM orders EXCEPT SELECT id FROM customers WHERE id < 4",
                "SELECT id FROM odd UNION ALL SELECT a FROM odd INTERSECT SELECT b FROM odd",
                "(SELECT id FROM odd UNION ALL SELECT a FROM odd) INTERSECT SELECT b FROM odd",
                "(SELECT id FROM customers ORDER BY id LIMIT 2) UNION ALL (SELECT id FROM customers ORDER BY id DESC LIMIT 2)",
                "SELECT name, 1 AS kind FROM customers UNION ALL SELECT sku, 2 FROM stock",
                "SELECT state FROM orders UNION SELECT city FROM customers",
                "SELECT name FROM customers UNION ALL SELECT sku FROM stock",
                "SELECT x.id FROM (SELECT id FROM odd UNION SELECT a FROM odd) x WHERE x.id IS NOT NULL",
                "SELECT count(*) FROM (SELECT DISTINCT a, b FROM odd) d",
                "SELECT a.n FROM (SELECT b.n + 0 AS n FROM (SELECT count(*) AS n FROM odd) b) a WHERE a.n IS NOT NULL",
                "SELECT id, row_number() OVER (ORDER BY id DESC) FROM orders",
                "SELECT id, rank() OVER (PARTITION BY state ORDER BY placed), dense_rank() OVER (ORDER BY placed DESC)"
                        + " FROM orders",
                "SELECT a, count(*) OVER (PARTITION BY a), sum(b) OVER (ORDER BY a NULLS FIRST) FROM odd",
                "SELECT id, lag(total) OVER (ORDER BY id), lead(state, 2) OVER (PARTITION BY state ORDER BY id)"
                        + " FROM orders",
                "SELECT id, first_value(placed) OVER (PARTITION BY state ORDER BY id), nth_value(total, 2) OVER (ORDER"
                        + " BY id), last_value(id) OVER (ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)"
                        + " FROM orders",
                "SELECT order_id, line, ntile(4) OVER (ORDER BY order_id, line), sum(amount) OVER (PARTITION BY sku"
                        + " ORDER BY order_id, line ROWS 2 PRECEDING) FROM items",
                "SELECT o.id, i.line, row_number() OVER (ORDER BY o.id, i.order_id, i.line) FROM orders o"
                        + " LEFT JOIN items i ON i.order_id = o.id",
                "SELECT state, rank() OVER (ORDER BY count(*) DESC) FROM orders GROUP BY state",
                "SELECT x.id FROM (SELECT id, row_number() OVER (PARTITION BY state ORDER BY id) AS n FROM orders) x"
                        + " WHERE x.n = 1",
                "SELECT o.id FROM orders o JOIN (items i LEFT JOIN stock s ON s.sku = i.sku) ON i.order_id = o.id",
                "SELECT d.total FROM (SELECT total FROM orders ORDER BY id LIMIT 3) d ORDER BY 1",
                "SELECT a.d, b.ts, a.d < b.ts, a.d = b.ts, a.ts >= b.d FROM moments a, moments b",
                "SELECT a.d FROM moments a LEFT JOIN moments b ON b.ts > a.d",
            })
    void answersAsTheServerDoes(String sql) {
        proxied.ask(sql);
        scene.warm(proxied, sql);
        String order = sql.contains("ORDER BY") && sql.lastIndexOf("ORDER BY") > sql.lastIndexOf(")") ? "total" : "any";
        var difference = new FrameCompare(
                        order.equals("total") ? new RowOrder.Total() : new RowOrder.Any(), ErrorMatch.MESSAGE)
                .difference(direct.ask(sql).frames(), proxied.ask(sql).frames());
        assertThat(difference).isEmpty();
    }
}
