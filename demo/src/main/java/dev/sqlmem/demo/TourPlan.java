package dev.sqlmem.demo;

import java.util.List;

/** What the tour asks. */
final class TourPlan {
    /** The chapters in their order: the first is the five statements that the product is known by. */
    static final List<Chapter> CHAPTERS = List.of(
            Chapter.of(
                    "Columns are cached as statements ask for them; SELECT * and JOIN are refused",
                    Step.read("SELECT id, status FROM orders WHERE status = 'new'"),
                    Step.read("SELECT id, total FROM orders WHERE status = 'new'"),
                    Step.read("SELECT total FROM orders WHERE id = 4711"),
                    Step.read("SELECT * FROM orders WHERE id = 4711"),
                    Step.read("SELECT total, name FROM orders NATURAL JOIN customers")),
            Chapter.of(
                    "Writes are refused in read-only mode",
                    Step.write("INSERT INTO customers (id, name) VALUES (0, 'Nobody')"),
                    Step.write("UPDATE orders SET status = 'paid' WHERE id = 4711"),
                    Step.write("DELETE FROM orders WHERE id = 4711")),
            Chapter.of(
                    "Catalogs and settings are the server's own",
                    Step.read("SELECT count(*) FROM pg_catalog.pg_class"),
                    Step.read("SHOW server_version")),
            Chapter.of(
                    "Point reads and totals",
                    Step.read("SELECT name, email FROM customers WHERE id = 4711"),
                    Step.read("SELECT name, email FROM customers WHERE id = 815"),
                    Step.read("SELECT id, total FROM orders WHERE customer_id = 815"),
                    Step.read("SELECT status, count(*), sum(total) FROM orders GROUP BY 1")));

    private TourPlan() {}
}
