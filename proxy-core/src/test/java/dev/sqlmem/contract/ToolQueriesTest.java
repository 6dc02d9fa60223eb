package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.SharedPostgres;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What psql, drivers and object mappers ask about catalogs works in the default mode, joins and all. */
class ToolQueriesTest {
    private static Scene scene;
    private static Client proxied;
    private static Client direct;

    @BeforeAll
    static void start() {
        scene = Scene.readOnly(
                "tools",
                "CREATE TABLE customers (id serial PRIMARY KEY, name text NOT NULL UNIQUE)",
                "CREATE TABLE orders (id int PRIMARY KEY, customer int REFERENCES customers, total numeric(10,2)"
                        + " DEFAULT 0 CHECK (total >= 0), at timestamptz)",
                "CREATE INDEX ON orders (customer, at DESC)",
                "COMMENT ON COLUMN orders.total IS 'with taxes'",
                "INSERT INTO customers VALUES (1, 'one'), (2, 'two'), (3, 'three')",
                "INSERT INTO orders SELECT i, 1 + i % 3, i FROM generate_series(1, 500) i");
        proxied = scene.client();
        direct = scene.direct();
    }

    @AfterAll
    static void stop() {
        direct.close();
        proxied.close();
        scene.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // psql: \d, \dt, \d orders, \l, \du, \df, \dn, tab completion
                """
                SELECT n.nspname as "Schema", c.relname as "Name",
                  CASE c.relkind WHEN 'r' THEN 'table' WHEN 'v' THEN 'view' WHEN 'i' THEN 'index' END as "Type",
                  pg_catalog.pg_get_userbyid(c.relowner) as "Owner"
                FROM pg_catalog.pg_class c
                     LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                     LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam
                WHERE c.relkind IN ('r','p','v','m','S','f','')
                      AND n.nspname <> 'pg_catalog' AND n.nspname !~ '^pg_toast'
                      AND n.nspname <> 'information_schema'
                  AND pg_catalog.pg_table_is_visible(c.oid)
                ORDER BY 1,2;""",
                """
                SELECT c.oid, n.nspname, c.relname
                FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relname OPERATOR(pg_catalog.~) '^(orders)$' COLLATE pg_catalog.default
                  AND pg_catalog.pg_table_is_visible(c.oid)
                ORDER BY 2, 3;""",
                """
                SELECT c.relchecks, c.relkind, c.relhasindex, c.relhasrules, c.relhastriggers, c.relrowsecurity,
                  c.relforcerowsecurity, false AS relhasoids, c.relispartition, '', c.reltablespace,
                  CASE WHEN c.reloftype = 0 THEN '' ELSE c.reloftype::pg_catalog.regtype::pg_catalog.text END,
                  c.relpersistence, c.relreplident, am.amname
                FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_class tc ON (c.reltoastrelid = tc.oid)
                LEFT JOIN pg_catalog.pg_am am ON (c.relam = am.oid)
                WHERE c.oid = 'orders'::regclass;""",
                """
                SELECT a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod),
                  (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid, true) FROM pg_catalog.pg_attrdef d
                   WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef),
                  a.attnotnull,
                  (SELECT c.collname FROM pg_catalog.pg_collation c, pg_catalog.pg_type t
                   WHERE c.oid = a.attcollation AND t.oid = a.atttypid AND a.attcollation <> t.typcollation)
                   AS attcollation, a.attidentity, a.attgenerated
                FROM pg_catalog.pg_attribute a
                WHERE a.attrelid = 'orders'::regclass AND a.attnum > 0 AND NOT a.attisdropped
                ORDER BY a.attnum;""",
                """
                SELECT c2.relname, i.indisprimary, i.indisunique, i.indisclustered, i.indisvalid,
                  pg_catalog.pg_get_indexdef(i.indexrelid, 0, true), pg_catalog.pg_get_constraintdef(con.oid, true)
                FROM pg_catalog.pg_class c, pg_catalog.pg_class c2, pg_catalog.pg_index i
                  LEFT JOIN pg_catalog.pg_constraint con ON (conrelid = i.indrelid AND conindid = i.indexrelid
                    AND contype IN ('p','u','x'))
                WHERE c.oid = 'orders'::regclass AND c.oid = i.indrelid AND i.indexrelid = c2.oid
                ORDER BY i.indisprimary DESC, c2.relname;""",
                """
                SELECT conname, conrelid::pg_catalog.regclass AS ontable,
                  pg_catalog.pg_get_constraintdef(oid, true) AS condef
                FROM pg_catalog.pg_constraint
                WHERE confrelid IN (SELECT pg_catalog.pg_partition_ancestors('customers'::regclass)
                  UNION ALL VALUES ('customers'::pg_catalog.regclass)) AND contype = 'f' AND conparentid = 0
                ORDER BY conname;""",
                """
                SELECT pol.polname, CASE WHEN pol.polroles = '{0}' THEN NULL ELSE pg_catalog.array_to_string(
                  array(select rolname from pg_catalog.pg_roles where oid = any (pol.polroles) order by 1),',') END
                FROM pg_catalog.pg_policy pol WHERE pol.polrelid = 'orders'::regclass ORDER BY 1;""",
                """
                SELECT t.tgname, pg_catalog.pg_get_triggerdef(t.oid, true), t.tgenabled,
                  CASE WHEN t.tgparentid != 0 THEN (SELECT u.tgrelid::pg_catalog.regclass
                    FROM pg_catalog.pg_trigger AS u,
                      pg_catalog.pg_partition_ancestors(t.tgrelid) WITH ORDINALITY AS a(relid, depth)
                    WHERE u.tgname = t.tgname AND u.tgrelid = a.relid ORDER BY a.depth LIMIT 1) END AS parent
                FROM pg_catalog.pg_trigger t WHERE t.tgrelid = 'orders'::regclass AND NOT t.tgisinternal
                ORDER BY 1;""",
                """
                SELECT d.datname as "Name", pg_catalog.pg_get_userbyid(d.datdba) as "Owner",
                  pg_catalog.pg_encoding_to_char(d.encoding) as "Encoding", d.datcollate as "Collate",
                  CASE WHEN pg_catalog.array_length(d.datacl, 1) = 0 THEN '(none)'
                    ELSE pg_catalog.array_to_string(d.datacl, E'\\n') END AS "Access privileges"
                FROM pg_catalog.pg_database d WHERE d.datname LIKE 'template%' ORDER BY 1;""",
                "SELECT r.rolname, r.rolsuper, ARRAY(SELECT b.rolname FROM pg_catalog.pg_auth_members m JOIN"
                        + " pg_catalog.pg_roles b ON (m.roleid = b.oid) WHERE m.member = r.oid) as memberof"
                        + " FROM pg_catalog.pg_roles r WHERE r.rolname = 'postgres' ORDER BY 1;",
                "SELECT n.nspname AS \"Name\", pg_catalog.pg_get_userbyid(n.nspowner) AS \"Owner\" FROM"
                        + " pg_catalog.pg_namespace n WHERE n.nspname !~ '^pg_' ORDER BY 1;",
                "SELECT c.relname, NULL::pg_catalog.text FROM pg_catalog.pg_class c WHERE c.relkind IN ('r', 'v')"
                        + " AND (c.relname) LIKE 'or%' AND pg_catalog.pg_table_is_visible(c.oid) UNION ALL SELECT NULL::"
                        + "pg_catalog.text, n.nspname FROM pg_catalog.pg_namespace n WHERE n.nspname LIKE 'or%'"
                        + " LIMIT 1000",
                "SELECT attname FROM pg_catalog.pg_attribute a, pg_catalog.pg_class c WHERE c.oid = a.attrelid AND"
                        + " a.attnum > 0 AND relname = 'orders' ORDER BY attnum LIMIT 1000",
                // SQLAlchemy, Django, asyncpg, postgres.js, knex, sequelize, Rails
                "select pg_catalog.version() = version(), current_schema()",
                "show standard_conforming_strings",
                "show transaction isolation level",
                "SET TIME ZONE 'UTC'",
                "SET client_min_messages TO warning;SET TIME ZONE INTERVAL '+00:00' HOUR TO MINUTE;",
                "SET DateStyle = 'ISO';SET extra_float_digits = 2;show transaction_isolation",
                "SELECT pg_advisory_unlock_all(); CLOSE ALL; UNLISTEN *; RESET ALL;",
                """
                SELECT c.relname, CASE WHEN c.relispartition THEN 'p' WHEN c.relkind IN ('m', 'v') THEN 'v' ELSE 't' END,
                  obj_description(c.oid, 'pg_class')
                FROM pg_catalog.pg_class c LEFT JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('f', 'm', 'p', 'r', 'v') AND n.nspname NOT IN ('pg_catalog', 'pg_toast')
                  AND pg_catalog.pg_table_is_visible(c.oid) ORDER BY 1""",
                """
                WITH RECURSIVE typeinfo_tree(oid, ns, name, kind, basetype, elemtype, depth) AS (
                  SELECT t.oid, ns.nspname, t.typname, t.typtype, t.typbasetype, t.typelem, 0
                  FROM pg_catalog.pg_type t INNER JOIN pg_catalog.pg_namespace ns ON ns.oid = t.typnamespace
                  WHERE t.oid = ANY(ARRAY[23, 1007]::oid[])
                  UNION ALL
                  SELECT t.oid, ns.nspname, t.typname, t.typtype, t.typbasetype, t.typelem, tt.depth + 1
                  FROM pg_catalog.pg_type t INNER JOIN pg_catalog.pg_namespace ns ON ns.oid = t.typnamespace,
                    typeinfo_tree tt
                  WHERE (tt.elemtype IS NOT NULL AND t.oid = tt.elemtype))
                SELECT DISTINCT *, basetype::regtype::text AS basetype_name FROM typeinfo_tree
                ORDER BY depth DESC, oid""",
                "select b.oid, b.typarray from pg_catalog.pg_type a left join pg_catalog.pg_type b on b.oid = a.typelem"
                        + " where a.typcategory = 'A' group by b.oid, b.typarray order by b.oid limit 20",
                "SELECT t.oid, t.typname, t.typelem, t.typdelim, t.typinput::text, r.rngsubtype FROM pg_type as t LEFT"
                        + " JOIN pg_range as r ON oid = rngtypid WHERE t.typname IN ('int4', 'text', 'numrange') ORDER BY 1",
                """
                SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns
                JOIN information_schema.tables USING (table_schema, table_name)
                WHERE table_schema = 'public' ORDER BY table_name, ordinal_position""",
                "SELECT * FROM pg_stat_user_tables s JOIN pg_class c ON s.relid = c.oid WHERE false",
                "SELECT * FROM pg_settings WHERE name = 'work_mem'",
                "SELECT * FROM current_schema()",
                "SELECT 1 FROM pg_catalog.pg_enum, pg_catalog.pg_type WHERE false"
            })
    void workAsOnTheServer(String sql) {
        assertThat(Scene.difference(direct, proxied, sql)).isEmpty();
    }

    private static Connection directJdbc() throws SQLException {
        return DriverManager.getConnection(SharedPostgres.jdbcUrl(scene.database()));
    }

    @Test
    void tellADriverAllAboutTheDatabase() throws Exception {
        try (Connection one = directJdbc();
                Connection two = scene.jdbc()) {
            assertThat(metadata(two)).isEqualTo(metadata(one)).hasSizeGreaterThan(60);
        }
    }

    private static List<String> metadata(Connection connection) throws SQLException {
        DatabaseMetaData metadata = connection.getMetaData();
        List<String> all = new ArrayList<>(List.of(
                metadata.getDatabaseProductVersion(),
                String.valueOf(connection.getTransactionIsolation()),
                metadata.getSQLKeywords()));
        add(all, metadata.getTables(null, "public", "%", null));
        add(all, metadata.getColumns(null, "public", "%", "%"));
        add(all, metadata.getPrimaryKeys(null, "public", "orders"));
        add(all, metadata.getImportedKeys(null, "public", "orders"));
        add(all, metadata.getExportedKeys(null, "public", "customers"));
        add(all, metadata.getIndexInfo(null, "public", "orders", false, true));
        add(all, metadata.getSchemas());
        add(all, metadata.getTypeInfo());
        add(all, metadata.getTablePrivileges(null, "public", "orders"));
        return all;
    }

    private static void add(List<String> all, ResultSet rows) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            StringBuilder line = new StringBuilder();
            for (int i = 1; i <= columns; i++) {
                line.append(rows.getString(i)).append('|');
            }
            all.add(line.toString());
        }
        rows.close();
    }

    /** Cursors by fetch size, metadata of results, blocks, read-only connections, batches of reads. */
    @Test
    void letADriverUseAllItsWays() throws Exception {
        try (Connection one = directJdbc();
                Connection two = scene.jdbc()) {
            for (int i = 0; i < 7; i++) { // beyond the threshold of named statements
                assertThat(ways(two)).isEqualTo(ways(one));
            }
        }
    }

    private static List<String> ways(Connection connection) throws SQLException {
        List<String> all = new ArrayList<>();
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        try (PreparedStatement some =
                connection.prepareStatement("SELECT id, total, at FROM orders WHERE id > ? ORDER BY id")) {
            some.setFetchSize(100);
            some.setInt(1, 50);
            ResultSet rows = some.executeQuery();
            for (int i = 1; i <= 3; i++) {
                all.add(rows.getMetaData().getColumnLabel(i)
                        + rows.getMetaData().getColumnTypeName(i)
                        + rows.getMetaData().getTableName(i)
                        + rows.getMetaData().isNullable(i)
                        + rows.getMetaData().getPrecision(i));
            }
            add(all, rows);
        }
        try (Statement statement = connection.createStatement()) {
            statement.setMaxRows(3);
            add(all, statement.executeQuery("SELECT name FROM customers ORDER BY id"));
            add(all, statement.executeQuery("SELECT upper(name) FROM customers ORDER BY id"));
        }
        connection.commit();
        connection.setReadOnly(false);
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement()) {
            add(all, statement.executeQuery("SELECT count(*), sum(total), max(at) FROM orders"));
            try {
                statement.executeQuery("SELECT nonsense FROM orders");
            } catch (SQLException e) {
                all.add(e.getSQLState() + e.getMessage());
            }
            add(all, statement.executeQuery("SELECT id FROM customers WHERE name = 'two'"));
        }
        return all;
    }
}
