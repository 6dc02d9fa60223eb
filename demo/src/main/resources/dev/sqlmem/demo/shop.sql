-- A small shop: the same data on every machine, made by the server itself.
SELECT setseed(0.42);

CREATE TABLE customers (
    id int PRIMARY KEY,
    name text NOT NULL,
    email text NOT NULL UNIQUE,
    city text NOT NULL,
    created_at timestamptz NOT NULL
);
INSERT INTO customers
SELECT n,
       (ARRAY['Ada', 'Edgar', 'Barbara', 'Grace', 'Donald', 'Frances', 'Alan', 'Radia'])[1 + floor(random() * 8)::int]
           || ' ' || n,
       'customer' || n || '@shop.example',
       (ARRAY['Berlin', 'Brno', 'Lisboa', 'Malmö', 'Paris', 'Torino'])[1 + floor(random() * 6)::int],
       timestamptz '2024-01-01 00:00:00+00' + n * interval '1 hour'
FROM generate_series(1, 10000) AS n;

CREATE TABLE products (
    id int PRIMARY KEY,
    name text NOT NULL,
    category text NOT NULL,
    price numeric(10, 2) NOT NULL
);
INSERT INTO products
SELECT n,
       'Product ' || n,
       (ARRAY['books', 'games', 'garden', 'kitchen', 'tools'])[1 + floor(random() * 5)::int],
       round((1 + random() * 199)::numeric, 2)
FROM generate_series(1, 1000) AS n;

CREATE TABLE order_items (
    id int PRIMARY KEY,
    order_id int NOT NULL,
    product_id int NOT NULL,
    quantity int NOT NULL,
    price numeric(10, 2) NOT NULL
);
INSERT INTO order_items
SELECT drawn.n, (drawn.n - 1) / 3 + 1, drawn.product_id, drawn.quantity, products.price
FROM (
    SELECT n, 1 + floor(random() * 1000)::int AS product_id, 1 + floor(random() * 5)::int AS quantity
    FROM generate_series(1, 300000) AS n
) AS drawn
JOIN products ON products.id = drawn.product_id
ORDER BY drawn.n;

CREATE TABLE orders (
    id int PRIMARY KEY,
    customer_id int NOT NULL,
    status text NOT NULL,
    total numeric(12, 2) NOT NULL,
    created_at timestamptz NOT NULL,
    note text
);
INSERT INTO orders
SELECT sums.order_id,
       1 + floor(random() * 10000)::int,
       (ARRAY['new', 'paid', 'paid', 'shipped', 'shipped', 'shipped', 'returned'])[1 + floor(random() * 7)::int],
       sums.total,
       timestamptz '2025-01-01 00:00:00+00' + sums.order_id * interval '5 minutes',
       CASE WHEN random() < 0.1 THEN 'gift wrap' END
FROM (
    SELECT order_id, sum(quantity * price) AS total FROM order_items GROUP BY order_id ORDER BY order_id
) AS sums
ORDER BY sums.order_id;

ALTER TABLE orders ADD FOREIGN KEY (customer_id) REFERENCES customers;
ALTER TABLE order_items ADD FOREIGN KEY (order_id) REFERENCES orders;
ALTER TABLE order_items ADD FOREIGN KEY (product_id) REFERENCES products;
CREATE INDEX ON orders (customer_id);
CREATE INDEX ON orders (status);
CREATE INDEX ON orders (created_at);
CREATE INDEX ON order_items (order_id);
CREATE INDEX ON order_items (product_id);
VACUUM ANALYZE;
