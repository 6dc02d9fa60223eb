-- Runs once, when the database is made: a table, the account that loads it, and the account that reads it.
CREATE TABLE orders (
    id int PRIMARY KEY,
    status text NOT NULL,
    total numeric(12, 2) NOT NULL
);
INSERT INTO orders
SELECT n, (ARRAY['new', 'paid', 'shipped', 'returned'])[1 + n % 4], n * 1.25
FROM generate_series(1, 100000) AS n;
ANALYZE orders;

-- What SQLmem loads with: it needs SELECT on what is to be cached, and no more.
CREATE ROLE cache LOGIN PASSWORD 'cache';
GRANT SELECT ON orders TO cache;

-- What clients sign in with, through SQLmem as they would without it.
CREATE ROLE reader LOGIN PASSWORD 'reader';
GRANT SELECT ON orders TO reader;
