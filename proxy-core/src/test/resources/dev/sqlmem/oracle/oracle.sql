-- The tables that generated statements read. every_type is filled from the generator's own values.

CREATE TABLE narrow (id int PRIMARY KEY, gone int, a int, b text, later int DEFAULT 7);
INSERT INTO narrow
SELECT i, i, CASE WHEN i % 7 <> 0 THEN (i * 31) % 20 END,
       CASE WHEN i % 5 <> 0 THEN 'row ' || (i % 13) || repeat(' ', i % 3) END
FROM generate_series(1, 60) i;
ALTER TABLE narrow DROP COLUMN gone;
ALTER TABLE narrow ADD COLUMN added varchar(12) DEFAULT 'added';

CREATE TABLE every_type (
    id int PRIMARY KEY,
    c_bool bool,
    c_int2 int2,
    c_int4 int4,
    c_int8 int8,
    c_num numeric(10, 2),
    c_num6 numeric(18, 6),
    c_num0 numeric(5, 0),
    c_text text,
    c_varchar varchar(20),
    c_char char(8),
    c_bytea bytea,
    c_date date,
    c_time time,
    c_ts timestamp,
    c_tstz timestamptz,
    c_uuid uuid,
    c_icu text COLLATE "en-US-x-icu"
);

CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
ALTER TYPE mood ADD VALUE 'quite; happy' BEFORE 'happy';
-- commit
CREATE TABLE more_types (
    id int PRIMARY KEY,
    m_f4 float4,
    m_f8 float8,
    m_num numeric,
    m_span interval,
    m_timetz timetz,
    m_oid oid,
    m_name name,
    m_inet inet,
    m_cidr cidr,
    m_mac macaddr,
    m_bits varbit,
    m_mood mood,
    m_ints int[]
);
CREATE INDEX ON more_types (m_num);
CREATE INDEX ON more_types (m_f8);

-- No text but ASCII, no null, no NaN, and each value in one form only: what lets the cache do most.
CREATE TABLE tidy (
    id int PRIMARY KEY,
    t_text text NOT NULL,
    t_num numeric NOT NULL,
    t_wide numeric(30, 5) NOT NULL,
    t_f4 float4 NOT NULL,
    t_f8 float8 NOT NULL,
    t_span interval NOT NULL,
    t_small int NOT NULL,
    t_flag bool NOT NULL,
    t_day date NOT NULL,
    t_at timestamp NOT NULL,
    t_tz timestamptz NOT NULL,
    t_price numeric(8, 2) NOT NULL
);
INSERT INTO tidy
SELECT i, 'Tidy ' || chr(65 + i % 20), i + 0.25, i * 1000000000000 + 0.5, i / 8.0, i / 4.0, i * interval '1 hour',
       i % 9, i % 2 = 0, date '2024-02-20' + i, timestamp '2024-02-20 12:00' + i * interval '5 hours',
       timestamptz '2024-03-31 00:00+00' + i * interval '20 minutes', i * 1.25
FROM generate_series(1, 45) i;
CREATE UNIQUE INDEX ON tidy (t_at);

CREATE TABLE rare_types (
    id int PRIMARY KEY,
    r_wide numeric(30, 5),
    r_mac8 macaddr8,
    r_bit bit(4),
    r_longs int8[],
    r_words text[],
    r_uuids uuid[],
    r_stamps timestamptz[],
    r_varchar varchar,
    r_c text COLLATE "C",
    r_posix varchar(30) COLLATE "POSIX",
    r_chars char(3) COLLATE "C"
);

-- Nulls only, one row, no rows.
CREATE TABLE all_null (LIKE every_type);
ALTER TABLE all_null ADD PRIMARY KEY (id);
INSERT INTO all_null (id) SELECT i FROM generate_series(1, 12) i;
CREATE TABLE one_row (LIKE tidy);
ALTER TABLE one_row ADD PRIMARY KEY (id);
INSERT INTO one_row SELECT * FROM tidy WHERE id = 7;
CREATE TABLE no_rows (LIKE every_type);
ALTER TABLE no_rows ADD PRIMARY KEY (id);

CREATE TYPE pair AS (a int, b text);
CREATE TYPE span_range AS RANGE (subtype = interval);
CREATE TABLE opaque (
    id int PRIMARY KEY,
    o_json json,
    o_jsonb jsonb UNIQUE,
    o_xml xml,
    o_point point,
    o_polygon polygon,
    o_range int4range,
    o_dates daterange,
    o_multirange int4multirange,
    o_vector tsvector,
    o_money money,
    o_class regclass,
    o_pair pair,
    o_moods mood[],
    o_floats float8[],
    o_numerics numeric[],
    o_spans interval[],
    o_stamps timestamptz[],
    o_bpchar bpchar,
    o_byte "char",
    o_span_range span_range,
    o_box box,
    o_circle circle,
    o_query tsquery,
    o_lsn pg_lsn,
    o_xid xid,
    o_tid tid
);
INSERT INTO opaque
SELECT i, format('{"a" :  %s, "b": [1.0,  2]}', i)::json, format('{"b":1.00,"a":%s}', i)::jsonb,
       format('<?xml version="1.0" encoding="UTF-8"?><a x="%s">é</a>', i)::xml, point(i / 3.0, -i),
       format('((0,0),(1.5,%s),(2,2))', i)::polygon, int4range(i, i + 3),
       daterange(date '2024-01-31', date '2024-01-31' + i), int4multirange(int4range(1, i + 2)),
       format('a:%s b:2A ''c d''', i)::tsvector, i::numeric::money, 'narrow'::regclass,
       CASE WHEN i % 4 = 0 THEN row(NULL, NULL)::pair ELSE row(i, 'x "y" ' || i)::pair END,
       ARRAY['sad', 'quite; happy', NULL]::mood[], ARRAY[i / 3.0, 'NaN', '-0']::float8[],
       ARRAY[1.10, i, 'NaN']::numeric[], ARRAY[i * interval '1 day', interval '-1 mon 2:00'],
       ARRAY[timestamptz '2024-03-31 01:00+00' + i * interval '1 day', 'infinity'], 'a' || repeat(' ', i % 3),
       chr(64 + i % 20)::"char", span_range(interval '1 day', i * interval '1 month'),
       box(point(i, 1), point(0, i / 2.0)), circle(point(i, 0), i), format('a & !b%s', i)::tsquery,
       format('16/%s', i)::pg_lsn, i::text::xid, format('(%s,1)', i)::tid
FROM generate_series(1, 30) i;
INSERT INTO opaque (id) VALUES (99);

CREATE TABLE orders (
    id bigint PRIMARY KEY,
    customer_id int NOT NULL,
    status varchar(12) NOT NULL,
    amount numeric(12, 2),
    placed timestamptz NOT NULL,
    shipped date,
    note text,
    ref uuid NOT NULL
);
INSERT INTO orders
SELECT i,
       abs(hashint4(i)) % 500,
       (ARRAY['new', 'paid', 'packed', 'shipped', 'returned'])[1 + abs(hashint4(i + 1)) % 5],
       CASE WHEN i % 11 <> 0 THEN (abs(hashint4(i + 2)) % 10000000) / 100.0 END,
       timestamptz '2020-01-01 00:00:00+00' + (i % 7000) * interval '6 hours 13 seconds',
       CASE WHEN i % 4 <> 0 THEN date '2020-01-01' + i % 2000 END,
       CASE WHEN i % 3 <> 0 THEN 'note ' || abs(hashint4(i + 3)) % 900 END,
       md5(i::text)::uuid
FROM generate_series(1, 20000) i;
CREATE INDEX ON orders (customer_id);
CREATE INDEX ON orders (status, placed);
CREATE INDEX ON orders (placed);

CREATE TABLE nothing_here (id int PRIMARY KEY, v text, d date);

CREATE TABLE doubles (a int, b text, c numeric(6, 1));
INSERT INTO doubles SELECT i % 4, CASE WHEN i % 3 <> 0 THEN chr(97 + i % 5) END, (i % 6) / 2.0
FROM generate_series(1, 40) i;

CREATE SCHEMA "Odd Schema";
CREATE TABLE "Odd Schema"."Odd Names" (
    "Id" int PRIMARY KEY,
    "select" text,
    "with ""quotes""" int,
    "été" text,
    "UPPER" int,
    "percent%" numeric(8, 3),
    a_name_of_exactly_sixty_three_bytes_so_that_nothing_is_cut_off1 int
);
INSERT INTO "Odd Schema"."Odd Names"
SELECT i, 'sel ' || i % 4, i % 6, CASE WHEN i % 5 <> 0 THEN 'été ' || i % 3 END, -i, i / 7.0, i * i
FROM generate_series(1, 40) i;
-- Stands in front of public.narrow where the search path says so.
CREATE TABLE "Odd Schema".narrow (b text, a int, id int PRIMARY KEY, later int, added varchar(12));
INSERT INTO "Odd Schema".narrow
SELECT 'other ' || i, i % 9, i, 8, 'odd' FROM generate_series(1, 30) i;

CREATE TABLE measurements (
    id int NOT NULL, taken date NOT NULL, level numeric(8, 3), unit char(3), PRIMARY KEY (id, taken)
) PARTITION BY RANGE (taken);
CREATE TABLE measurements_2023 PARTITION OF measurements FOR VALUES FROM ('2023-01-01') TO ('2024-01-01');
CREATE TABLE measurements_2024 (unit char(3), level numeric(8, 3), taken date NOT NULL, id int NOT NULL);
ALTER TABLE measurements ATTACH PARTITION measurements_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
INSERT INTO measurements
SELECT i, date '2023-01-01' + (i * 7) % 700, CASE WHEN i % 9 <> 0 THEN i / 8.0 END,
       (ARRAY['m', 'cm', 'km'])[1 + i % 3]
FROM generate_series(1, 100) i;

CREATE TABLE animals (id int, name text, legs int2);
CREATE TABLE birds (wingspan numeric(5, 1)) INHERITS (animals);
INSERT INTO animals SELECT i, 'animal ' || i % 6, (i % 3) * 2 FROM generate_series(1, 25) i;
INSERT INTO birds SELECT i, 'bird ' || i % 6, 2, i / 4.0 FROM generate_series(20, 45) i;

CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE DOMAIN short_name AS varchar(10);
CREATE TABLE others (
    id int PRIMARY KEY,
    f8 float8,
    f4 float4,
    num numeric,
    num_nan numeric(6, 2),
    span interval,
    js jsonb,
    ints int[],
    feeling mood,
    pos positive,
    short short_name,
    twice int GENERATED ALWAYS AS (id * 2) VIRTUAL,
    kept int GENERATED ALWAYS AS (id * 3) STORED
);
INSERT INTO others
SELECT i, i / 3.0, i / 7.0, i / 16.0, CASE WHEN i % 10 = 0 THEN 'NaN' ELSE i::numeric END,
       i * interval '1 day 1 hour', jsonb_build_object('k', i), ARRAY[i, NULL, -i],
       (ARRAY['sad', 'ok', 'happy'])[1 + i % 3]::mood, i, 'short ' || i % 4
FROM generate_series(1, 30) i;

CREATE VIEW narrow_view AS SELECT id, a, b, later, added FROM narrow WHERE a > 3;

CREATE TABLE guarded (id int PRIMARY KEY, owner_name text, secret text, amount int);
INSERT INTO guarded
SELECT i, (ARRAY['oracle_reader', 'somebody'])[1 + i % 2], 'secret ' || i, i * 10 FROM generate_series(1, 30) i;
ALTER TABLE guarded ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_rows ON guarded USING (owner_name = current_user);

-- The only table that protocol tests write to; they leave it as they found it.
CREATE TABLE scratch (id int PRIMARY KEY, v text);
INSERT INTO scratch SELECT i, 'v' || i FROM generate_series(1, 5) i;

GRANT USAGE ON SCHEMA "Odd Schema" TO oracle_reader;
GRANT SELECT ON narrow, every_type, tidy, guarded, doubles, nothing_here, narrow_view, "Odd Schema"."Odd Names"
    TO oracle_reader;
GRANT SELECT (id, customer_id, status, placed) ON orders TO oracle_reader;

CREATE FUNCTION shout(what text) RETURNS text LANGUAGE plpgsql AS
$$ BEGIN RAISE NOTICE 'shouting %', what; RAISE WARNING 'loudly'; RETURN upper(what); END $$;
