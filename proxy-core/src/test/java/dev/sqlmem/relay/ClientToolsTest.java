package dev.sqlmem.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sqlmem.relay.InstalledPostgres.Result;
import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.FrameBody;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PostgreSQL's own clients, and a Python driver, where they are installed. */
class ClientToolsTest {
    private static final String SECONDS = "2";

    @TempDir
    private static Path directory;

    private static @Nullable InstalledPostgres server;
    private static @Nullable ProxyUnderTest readOnly;
    private static @Nullable ProxyUnderTest transparent;

    @BeforeAll
    static void start() {
        Optional<Path> bin = InstalledPostgres.programs();
        orSkip(
                bin.isPresent(),
                "pg_config names no directory with psql, pg_dump, pgbench and the server;"
                        + " install PostgreSQL to test with its own clients");
        server = InstalledPostgres.start(bin.orElseThrow(), directory);
        mustRun(psql(
                server.port(),
                "-c",
                "CREATE TABLE types(a int PRIMARY KEY, b text NOT NULL DEFAULT 'x', c numeric(10,2), d timestamptz,"
                        + " e bytea, f int[], g jsonb, h double precision)",
                "-c",
                "INSERT INTO types SELECT i, 'row ''' || i || E'\\t\\\\\\n', i / 7.0, 'epoch'::timestamptz + i * '1 hour'::interval,"
                        + " decode(md5(i::text), 'hex'), ARRAY[i, NULL], '{\"k\": 1}', 1 / i::float8 FROM generate_series(1, 2000) i",
                "-c",
                "CREATE VIEW shown AS SELECT a, b FROM types; CREATE INDEX ON types(b); CREATE SEQUENCE s",
                "-c",
                "CREATE FUNCTION twice(int) RETURNS int LANGUAGE sql RETURN $1 * 2",
                "-c",
                "SELECT lo_from_bytea(0, '\\x0102')"));
        mustRun(tool(server.port(), "pgbench", "-i", "-s", "2", "-q", "postgres"));
        readOnly = ProxyUnderTest.inFrontOf(server.port(), "postgres", Mode.READ_ONLY);
        transparent = ProxyUnderTest.inFrontOf(server.port(), "postgres", Mode.TRANSPARENT);
    }

    /** Says so on the console as well, since the build's summary gives no reasons. */
    private static void orSkip(boolean present, String reason) {
        if (!present) {
            System.out.println("SKIPPED: " + reason);
        }
        assumeTrue(present, reason);
    }

    @AfterAll
    static void stop() {
        for (AutoCloseable each : new AutoCloseable[] {readOnly, transparent, server}) {
            close(each);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--format=plain", "--inserts", "--schema-only", "--serializable-deferrable"})
    void pgDumpIsTheSame(String option) {
        Result direct = mustRun(tool(port(server), "pg_dump", option, "postgres"));
        Result proxied = mustRun(tool(transparent().port(), "pg_dump", option, "postgres"));
        assertThat(withoutKeys(direct.out()))
                .contains("CREATE TABLE public.types")
                .isEqualTo(withoutKeys(proxied.out()));
    }

    /** Newer versions guard a dump by a random key. */
    private static String withoutKeys(String dump) {
        return dump.lines()
                .filter(line -> !line.startsWith("\\restrict") && !line.startsWith("\\unrestrict"))
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\d",
                "\\dt",
                "\\l",
                "\\d types",
                "\\d+ shown",
                "\\dn+",
                "\\df",
                "\\di+",
                "\\du",
                "\\dT",
                "\\dp",
                "\\sf twice"
            })
    void psqlDescribes(String command) {
        Result direct = mustRun(psql(port(server), "-c", command));
        for (ProxyUnderTest proxy : List.of(readOnly(), transparent())) {
            assertThat(mustRun(psql(proxy.port(), "-c", command)).out()).isEqualTo(direct.out());
        }
    }

    @Test
    void psqlCopies() throws IOException {
        Path direct = directory.resolve("direct.tsv");
        Path proxied = directory.resolve("proxied.tsv");
        String columns = "(SELECT a, b, c, d, e, f, g, h FROM types ORDER BY a)";
        mustRun(psql(port(server), "-c", "\\copy " + columns + " TO '" + direct + "'"));
        mustRun(psql(readOnly().port(), "-c", "\\copy " + columns + " TO '" + proxied + "'"));
        assertThat(proxied).hasSameBinaryContentAs(direct);
        mustRun(psql(
                transparent().port(),
                "-c",
                "CREATE TABLE copied (LIKE types)",
                "-c",
                "\\copy copied FROM '" + proxied + "'"));
        Result difference = mustRun(psql(
                transparent().port(), "-tAc", "SELECT count(*) FROM copied", "-c", "TABLE copied EXCEPT TABLE types"));
        assertThat(difference.out()).isEqualTo("2000\n");
        assertThat(psql(readOnly().port(), "-c", "\\copy copied FROM '" + proxied + "'")
                        .error())
                .contains("ReadOnlyError");
        Files.delete(direct);
    }

    @Test
    void psqlShowsTheRefusalsWithTheirHints() {
        Result wildcard = psql(readOnly().port(), "-v", "VERBOSITY=verbose", "-c", "SELECT * FROM types");
        assertThat(wildcard.error()).contains("0A000: UnsupportedQueryError: ").contains("HINT:");
        Result write = psql(readOnly().port(), "-v", "VERBOSITY=verbose", "-c", "DELETE FROM types");
        assertThat(write.error()).contains("25006: ReadOnlyError: ").contains("HINT:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "prepared"})
    void pgbenchReadsFromTheCache(String protocol) {
        long before = stat("hits");
        Result result = mustRun(tool(
                readOnly().port(),
                "pgbench",
                "-n",
                "-S",
                "-M",
                protocol,
                "-c",
                "8",
                "-j",
                "2",
                "-T",
                SECONDS,
                "postgres"));
        assertThat(result.out()).contains("number of failed transactions: 0 ");
        long transactions = transactions(result);
        assertThat(transactions).isPositive();
        // each client's first may have waited for the load, and pgbench itself asks for its scale
        assertThat(stat("hits") - before).isBetween(transactions - 8, transactions + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"simple", "extended", "prepared"})
    void pgbenchReadsAndWritesInTransparentMode(String protocol) {
        Result result = mustRun(
                tool(transparent().port(), "pgbench", "-M", protocol, "-c", "8", "-j", "2", "-T", SECONDS, "postgres"));
        assertThat(result.out()).contains("number of failed transactions: 0 ");
        assertThat(transactions(result)).isPositive();
        String balances = "SELECT sum(abalance) FROM pgbench_accounts; SELECT sum(tbalance) FROM pgbench_tellers;"
                + "SELECT sum(bbalance) FROM pgbench_branches";
        Result sums = mustRun(psql(transparent().port(), "-tA", "-c", balances));
        assertThat(sums.out().lines().distinct()).hasSize(1);
        assertThat(sums).isEqualTo(mustRun(psql(port(server), "-tA", "-c", balances)));
    }

    /** An older server knows fewer versions of the protocol than the proxy. */
    @Test
    void theServersVersionOfTheProtocolIsTheLimit() {
        try (Peer direct = new Peer(port(server));
                Peer proxied = new Peer(transparent().port())) {
            byte[] startup = Peer.startup(3, 2, "user", "postgres");
            var answer = direct.send(startup).readUntilReady();
            assertThat(proxied.send(startup).readUntilReady().get(0).body())
                    .isEqualTo(
                            answer.get(0).is('v')
                                    ? answer.get(0).body()
                                    : new FrameBody().int32(0).toBytes());
        }
    }

    @Test
    void psycopg2IsAtHome() {
        Result driver = InstalledPostgres.run(List.of("python3", "-c", "import psycopg2"), "");
        orSkip(driver.exit() == 0, "python3 cannot import psycopg2; install it to test with it");
        Result result =
                InstalledPostgres.run(List.of("python3", "-", "" + transparent().port()), """
                import io, sys, psycopg2
                c = psycopg2.connect(host='127.0.0.1', port=int(sys.argv[1]), user='postgres', dbname='postgres')
                q = c.cursor()
                q.execute('SELECT a, b, c, d, e FROM types WHERE a = %s', (7,))
                assert q.fetchone()[0] == 7
                q.execute('CREATE TABLE py(a int PRIMARY KEY, b text)')
                q.executemany('INSERT INTO py VALUES (%s, %s)', [(i, 'row %d' % i) for i in range(100)])
                c.commit()
                q.execute('SELECT count(*) FROM py')
                assert q.fetchone() == (100,)
                c.commit()
                n = c.cursor('named')
                n.itersize = 7
                n.execute('SELECT a FROM py ORDER BY a')
                assert [r[0] for r in n] == list(range(100))
                c.commit()
                q.copy_expert('COPY py FROM STDIN', io.StringIO('100\\tx\\n101\\ty\\n'))
                c.commit()
                out = io.StringIO()
                q.copy_expert('COPY (SELECT a FROM py WHERE a >= 99 ORDER BY a) TO STDOUT', out)
                assert out.getvalue() == '99\\n100\\n101\\n'
                try:
                    q.execute('SELECT 1/0')
                    assert False
                except psycopg2.errors.DivisionByZero:
                    c.rollback()
                c.set_session(autocommit=True)
                q.execute('LISTEN news'); q.execute("NOTIFY news, 'hello'")
                c.poll()
                assert c.notifies[0].payload == 'hello'
                print('fine')
                """);
        assertThat(result).isEqualTo(new Result(0, "fine\n", ""));
    }

    private static long transactions(Result result) {
        return result.out()
                .lines()
                .filter(line -> line.startsWith("number of transactions actually processed: "))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    private static long stat(String name) {
        try (RawClient client = RawClient.connect(LoginRequest.to(readOnly().port(), "postgres"))) {
            return Long.parseLong(
                    FrameText.textRows(client.simpleQuery("SELECT value FROM sqlmem.stats WHERE name = '" + name + "'"))
                            .get(0)
                            .get(0));
        }
    }

    private static Result psql(int port, String... arguments) {
        return tool(
                port,
                "psql",
                Stream.concat(Stream.of("-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", "postgres"), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private static Result tool(int port, String name, String... arguments) {
        InstalledPostgres installed = Objects.requireNonNull(server);
        return InstalledPostgres.run(
                Stream.concat(
                                Stream.of(
                                        installed.program(name), "-h", "127.0.0.1", "-p", "" + port, "-U", "postgres"),
                                Stream.of(arguments))
                        .toList(),
                "");
    }

    private static Result mustRun(Result result) {
        assertThat(result.exit()).as("%s", result).isZero();
        return result;
    }

    private static int port(@Nullable InstalledPostgres installed) {
        return Objects.requireNonNull(installed).port();
    }

    private static ProxyUnderTest readOnly() {
        return Objects.requireNonNull(readOnly);
    }

    private static ProxyUnderTest transparent() {
        return Objects.requireNonNull(transparent);
    }

    private static void close(@Nullable AutoCloseable each) {
        try {
            if (each != null) {
                each.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
