package dev.sqlmem.upstream.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.SharedPostgres;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RightsTest {

    private static final String NAME = SharedPostgres.createDatabase("rights");
    private static final ServiceDatabase DATABASE = new ServiceDatabase(UpstreamUrl.parse(SharedPostgres.url(NAME)));

    @BeforeAll
    static void createTables() {
        SharedPostgres.execute(
                NAME,
                "DROP ROLE IF EXISTS rights_group, rights_member, rights_noinherit, rights_column, rights_none",
                "CREATE ROLE rights_group",
                "CREATE ROLE rights_member IN ROLE rights_group",
                "CREATE ROLE rights_noinherit NOINHERIT IN ROLE rights_group",
                "CREATE ROLE rights_column",
                "CREATE ROLE rights_none",
                "CREATE SCHEMA closed",
                "CREATE TABLE t (a int, dropped int, b int, c int)",
                "ALTER TABLE t DROP COLUMN dropped",
                "CREATE TABLE closed.t (a int)",
                "CREATE TABLE empty_table ()",
                "CREATE TABLE guarded (a int)",
                "ALTER TABLE guarded ENABLE ROW LEVEL SECURITY",
                "GRANT SELECT ON t, closed.t, empty_table, guarded TO rights_group",
                "GRANT SELECT (b) ON t TO rights_column");
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void knowsGrantsOnTheTable() throws Exception {
        TableRights rights = rights("rights_group", "t");
        assertThat(rights).isEqualTo(new TableRights(true, Set.of(1, 3, 4), true));
        assertThat(rights.mayRead(List.of(1, 4))).isTrue();
        assertThat(rights.mayRead(List.of())).isTrue();
        assertThat(rights.mayRead(List.of(2))).isFalse();
        assertThat(rights("postgres", "t")).isEqualTo(rights);
    }

    @Test
    void knowsInheritedGrants() throws Exception {
        assertThat(rights("rights_member", "t").readable()).containsExactlyInAnyOrder(1, 3, 4);
        assertThat(rights("rights_noinherit", "t")).isEqualTo(new TableRights(true, Set.of(), false));
    }

    @Test
    void knowsGrantsOnColumns() throws Exception {
        TableRights rights = rights("rights_column", "t");
        assertThat(rights).isEqualTo(new TableRights(true, Set.of(3), true));
        assertThat(rights.mayRead(List.of(3))).isTrue();
        assertThat(rights.mayRead(List.of(1, 3))).isFalse();
    }

    @Test
    void knowsWhoMayReadNothing() throws Exception {
        TableRights rights = rights("rights_none", "t");
        assertThat(rights).isEqualTo(new TableRights(true, Set.of(), false));
        assertThat(rights.mayRead(List.of())).isFalse();
        assertThat(rights("no such role", "t")).isEqualTo(TableRights.NONE);
        assertThat(DATABASE.rights("postgres", 4_000_000_000L)).isEqualTo(TableRights.NONE);
    }

    @Test
    void knowsATableWithoutColumns() throws Exception {
        assertThat(rights("rights_group", "empty_table")).isEqualTo(new TableRights(true, Set.of(), true));
    }

    @Test
    void needsTheSchema() throws Exception {
        assertThat(rights("rights_group", "closed.t").usable()).isFalse();
        assertThat(rights("postgres", "closed.t").usable()).isTrue();
    }

    @Test
    void leavesRowSecurityToTheServer() throws Exception {
        assertThat(rights("rights_group", "guarded").usable()).isFalse();
        assertThat(rights("postgres", "guarded").mayRead(List.of(1))).isFalse();
    }

    @Test
    void followsRevocations() throws Exception {
        SharedPostgres.execute(NAME, "CREATE TABLE revoked (a int)", "GRANT SELECT ON revoked TO rights_none");
        assertThat(rights("rights_none", "revoked").mayRead(List.of(1))).isTrue();
        SharedPostgres.execute(NAME, "REVOKE SELECT ON revoked FROM rights_none");
        assertThat(rights("rights_none", "revoked").mayRead(List.of(1))).isFalse();
    }

    private static TableRights rights(String role, String table) throws Exception {
        return DATABASE.rights(role, oid(table));
    }

    private static long oid(String table) throws Exception {
        try (var connection = SharedPostgres.connect(NAME);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT '" + table + "'::regclass::oid")) {
            row.next();
            return row.getLong(1);
        }
    }
}
