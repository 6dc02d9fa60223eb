CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')
CREATE TABLE items (id int4 PRIMARY KEY, g int4 NOT NULL, i2 int2, i8 int8, n numeric(8,2), f float8, name text, vc varchar(20), ch char(6), flag bool, day date, at timestamp, tz timestamptz, tod time, iv interval, u uuid, raw bytea, feel mood, tags int4[], words text[], doc jsonb, js json, addr inet, bits bit(8), p point, span int4range, ts tsvector, x xml)
INSERT INTO items SELECT i, i % 3, i * 7 % 11, i * 1000000007::int8, i * 1.25, i / 8.0::float8, 'name ' || i % 5, 'v' || i % 4, 'c' || i % 3, i % 2 = 0, date '2024-01-28' + i, timestamp '2024-02-28 22:00' + i * interval '3 hours', timestamptz '2024-03-30 22:00Z' + i * interval '3 hours', time '08:00' + i * interval '7 min', i * interval '1 day 2 hours', ('00000000-0000-4000-8000-0000000000' || lpad(i::text, 2, '0'))::uuid, decode(lpad(to_hex(i), 4, '0'), 'hex'), (ARRAY['sad','ok','happy'])[i % 3 + 1]::mood, ARRAY[i, i + 1], ARRAY['w' || i], jsonb_build_object('k', i, 'a', jsonb_build_array(i)), json_build_object('k', i), ('10.0.0.' || i)::inet, i::bit(8), point(i, 0), int4range(i, i + 5), to_tsvector('simple', 'word' || i), ('<a>' || i || '</a>')::xml FROM generate_series(1, 12) i
INSERT INTO items (id, g) VALUES (13, 0), (14, 1)
CREATE TABLE lines (id int4 PRIMARY KEY, item_id int4, label text NOT NULL, qty int4 NOT NULL)
INSERT INTO lines SELECT i, i % 9, 'label ' || i % 4, i * 3 FROM generate_series(1, 20) i
CREATE TABLE words (id int4 PRIMARY KEY, w text COLLATE "en-x-icu", w2 text COLLATE "en-x-icu")
INSERT INTO words SELECT i, (ARRAY['word ', 'Word ', 'wörd '])[i % 3 + 1] || i % 4, 'word ' || i FROM generate_series(1, 12) i
CREATE VIEW item_names AS SELECT id, name FROM items
CREATE MATERIALIZED VIEW item_counts AS SELECT g, count(*) AS n FROM items GROUP BY g
CREATE TABLE parts (id int4, region text, v int4) PARTITION BY LIST (region)
CREATE TABLE parts_a PARTITION OF parts FOR VALUES IN ('a')
CREATE TABLE parts_b PARTITION OF parts FOR VALUES IN ('b')
INSERT INTO parts SELECT i, CASE WHEN i % 2 = 0 THEN 'a' ELSE 'b' END, i FROM generate_series(1, 10) i
CREATE TABLE guarded (id int4, v text)
ALTER TABLE guarded ENABLE ROW LEVEL SECURITY
CREATE FUNCTION twice(int4) RETURNS int4 LANGUAGE sql IMMUTABLE AS 'SELECT $1 * 2'
CREATE SEQUENCE numbers
ANALYZE
