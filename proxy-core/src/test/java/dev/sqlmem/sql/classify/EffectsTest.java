package dev.sqlmem.sql.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What statements touch and change. */
final class EffectsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            select a from t                                                    | t
            select a from s.t, "U" u, pg_class                                 | U s.t
            select a from t where b in (select c from u) and exists (table v)  | t u v
            select a, (select b from (select c from w) x) from t               | t w
            with t as (select a from u) select a from t                        | u
            with t as (select a from t) select a from t                        | t
            with recursive t as (select 1 as a union all select a from t) select a from t, pg_catalog.pg_class |
            select a from d.s.t                                                | s.t
            select a from f(1), generate_series(1, 2)                          |
            select a from (t join (u cross join v) on true)                    | t u v
            select a from only (t), lateral (select b from w) x                | t w
            insert into t (a) select b from u                                  | t
            update s.t set a = 1 from u                                        | s.t
            delete from only t using u                                         | t
            merge into t using u on true when matched then delete              | t
            with x as (delete from t returning a), y as (insert into u select a from x) update v set a = 1 | t u v
            truncate table only t *, s.u                                       | s.u t
            copy t (a) from stdin                                              | t
            copy t to stdout                                                   | t
            copy (select a from u) to stdout                                   | u
            explain select a from t                                            | t
            explain insert into t values (1)                                   |
            prepare p as select a from t                                       | t
            declare c cursor for select a from t                               | t
            select a from t for update                                         |
            show all                                                           |
            """)
    void tables(String sql, String expected) {
        Effects effects = effects(sql);
        Set<String> names = new TreeSet<>();
        effects.tables().forEach(table -> names.add(table.toString()));
        assertThat(String.join(" ", names)).isEqualTo(expected == null ? "" : expected);
        assertThat(effects.everything()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            lock t                                                 | t
            lock table only s.t *, u in access exclusive mode      | s.t u
            lock table t in share mode                             |
            lock t in access share mode nowait                     |
            truncate table only t *, s.u cascade                   | s.u t
            alter table if exists only t add column b int          | t
            alter foreign table t add column b int                 | t
            drop table if exists t, "U" cascade                    | U t
            drop trigger if exists x on t                          | t
            create policy x on s.t using (true)                    | s.t
            cluster t using i                                      | t
            reindex table concurrently t                           | t
            begin; select 1; alter table t add b int; drop table u | t u
            alter function f() owner to r                          |
            create table t (a int)                                 |
            update t set a = 1                                     |
            """)
    void locked(String sql, String expected) {
        Set<String> names = new TreeSet<>();
        effects(sql).locked().forEach(table -> names.add(table.toString()));
        assertThat(String.join(" ", names)).isEqualTo(expected == null ? "" : expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table t (a int)",
                "drop table t",
                "do $$ $$",
                "call p()",
                "execute p",
                "grant select on t to r",
                "truncate t cascade",
                "select 1 into t",
                "update pg_class set relname = 'x'",
                "foo"
            })
    void everythingWhereUnsure(String sql) {
        assertThat(effects(sql).everything()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            set search_path to a, b             | search_path
            SET "Search_Path" = 'a'             | search_path
            set local my.Var = 1                | my.var
            set time zone 'UTC'                 | timezone
            set names 'utf8'                    | client_encoding
            set schema 'x'                      | search_path
            set role r                          | role
            set session authorization r         | role session_authorization
            set session_authorization = r       | role session_authorization
            reset session authorization         | role session_authorization
            reset search_path                   | search_path
            select set_config('Search_path', '', false) | search_path
            prepare p as select set_config('role', 'r', false) | role
            set client_min_messages to warning; set timezone = 'UTC' | client_min_messages timezone
            set session characteristics as transaction read only | default_transaction_deferrable default_transaction_isolation default_transaction_read_only
            select 'set search_path to x'       |
            set constraints all deferred        |
            """)
    void settings(String sql, String expected) {
        Effects effects = effects(sql);
        assertThat(String.join(" ", new TreeSet<>(effects.settings()))).isEqualTo(expected == null ? "" : expected);
        assertThat(effects.allSettings()).isFalse();
        assertThat(effects.changesSettings()).isEqualTo(expected != null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reset all",
                "discard all",
                "select set_config(a, b, false) from t",
                "set foo bar baz",
                "update pg_settings set setting = 'off' where name = 'x'"
            })
    void anySetting(String sql) {
        assertThat(effects(sql).allSettings()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select f(1)",
                "select s.lower('x')",
                "select \"Lower\"('x')",
                "select a from f() x",
                "execute p",
                "fetch 1 from c",
                "do 'x'",
                "call p()",
                "select a from t where over(1) = 2",
                "select public.f(1)",
                "select sets(1), f(2)",
                "explain select f(1)",
                "copy (select f(1)) to stdout",
                "select by(1)",
                "select (a).f(1)",
                "select filter(1)",
                "select nextval('s')",
                "create extension x"
            })
    void unknownFunctions(String sql) {
        assertThat(effects(sql).unknownFunctions()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select lower(a), count(*), max(b) over (partition by c) from t",
                "select pg_catalog.anything(1)",
                "select a::numeric(10, 2), cast(b as varchar(3)), c::s.typ(1) from t",
                "select a from t x(a), (select 1) y(b), unnest(c) with ordinality z(d, e)",
                "with x(a, b) as (select 1, 2) select a from x where a in (1) and exists (select 1)",
                "insert into t (a, b) values (1, 2) on conflict (a) do update set (a, b) = (1, 2)",
                "copy t (a, b) to stdout with (format csv)",
                "prepare p (int) as select 1",
                "select a operator(pg_catalog.+) b from t tablesample system (1) repeatable (2)",
                "select count(*) filter (where a > 1) over (order by b) from t group by grouping sets ((a), ())",
                "select a from t fetch first (1) rows only",
                "select percentile_disc(0.5) within group (order by a) from t",
                "select information_schema._pg_truetypid(a, t) from pg_attribute a",
                "show all"
            })
    void knownFunctions(String sql) {
        assertThat(effects(sql).unknownFunctions()).isFalse();
    }

    @Test
    void transactions() {
        assertThat(effects("begin").beginsTransaction()).isTrue();
        assertThat(effects("begin").endsTransaction()).isFalse();
        assertThat(effects("commit").endsTransaction()).isTrue();
        assertThat(effects("commit").beginsTransaction()).isFalse();
        assertThat(effects("rollback and chain").beginsTransaction()).isTrue();
        assertThat(effects("rollback and no chain").beginsTransaction()).isFalse();
        assertThat(effects("rollback to s").endsTransaction()).isFalse();
        assertThat(effects("prepare transaction 'x'").endsTransaction()).isTrue();
        assertThat(effects("begin; select 1; end").endsTransaction()).isTrue();
        assertThat(effects("create procedure p() begin atomic; select 1; end").endsTransaction())
                .isFalse();
        assertThat(effects("begin isolation level serializable").isolation()).isTrue();
        assertThat(effects("begin").isolation()).isFalse();
        assertThat(effects("set transaction read only").isolation()).isTrue();
        assertThat(effects("set default_transaction_isolation = 'serializable'").isolation())
                .isTrue();
    }

    @Test
    void copyAndPreparedStatementsAndTemp() {
        assertThat(effects("copy t from stdin").copyIn()).isTrue();
        assertThat(effects("copy t from stdin").copyOut()).isFalse();
        assertThat(effects("copy t to stdout").copyOut()).isTrue();
        assertThat(effects("copy t from '/x'").copyIn()).isFalse();
        assertThat(effects("prepare p as select 1").preparesSql()).isTrue();
        assertThat(effects("deallocate p").preparesSql()).isTrue();
        assertThat(effects("discard all").preparesSql()).isTrue();
        assertThat(effects("select 1").preparesSql()).isFalse();
        assertThat(effects("create temp view v as select 1").createsTemp()).isTrue();
        assertThat(effects("create table pg_temp.x (a int)").createsTemp()).isTrue();
        assertThat(effects("select 1 into temporary x").createsTemp()).isTrue();
        assertThat(effects("create table temperature (a int)").createsTemp()).isFalse();
    }

    @Test
    void valueDependenceAndParts() {
        assertThat(effects("select set_config('a.b', '', false)").valueDependent())
                .isTrue();
        assertThat(effects("select 'a'").valueDependent()).isFalse();
        Classification parts = ClassifierTest.classify("select a from t; delete from u");
        assertThat(parts.statements()).hasSize(2);
        assertThat(parts.statements().get(0).kind()).isEqualTo(StatementKind.SELECT);
        assertThat(parts.statements().get(1).command()).isEqualTo("DELETE");
        assertThat(parts.effects().tables()).hasSize(2);
        List<StatementClass> body = ClassifierTest.classify(
                        "create function f() returns int begin atomic select case when true then 1 end; select 2; end; select 1")
                .statements();
        assertThat(body).extracting(StatementClass::command).containsExactly("CREATE FUNCTION", "SELECT");
    }

    private static Effects effects(String sql) {
        return ClassifierTest.classify(sql).effects();
    }
}
