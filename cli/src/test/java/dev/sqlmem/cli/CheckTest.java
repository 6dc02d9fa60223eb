package dev.sqlmem.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code check} in front of a real server. */
class CheckTest {
    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void fill() {
        UpstreamServer.execute(
                "postgres",
                "CREATE DATABASE check_c",
                "CREATE DATABASE check_icu TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'de-DE'",
                "CREATE DATABASE check_latin TEMPLATE template0 ENCODING LATIN1",
                "REVOKE ALL ON DATABASE check_latin FROM PUBLIC");
        UpstreamServer.execute(
                "check_c",
                "CREATE TABLE open_table (id int)",
                "CREATE TABLE hidden_table (id int)",
                "CREATE TABLE guarded_table (id int)",
                "ALTER TABLE guarded_table ENABLE ROW LEVEL SECURITY",
                "CREATE TABLE parts (id int) PARTITION BY LIST (id)",
                "CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (1)",
                "CREATE TABLE large (id int, filling text)",
                "INSERT INTO large SELECT n, repeat(md5(n::text), 20) FROM generate_series(1, 5000) AS n",
                "GRANT SELECT ON open_table, guarded_table, parts, large TO app");
    }

    @Test
    void findsNothingToFix() {
        Run run = check("--upstream", UpstreamServer.url(UpstreamServer.ENCODED_PASSWORD, "check_c"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.line("version"))
                .startsWith("ok")
                .contains("PostgreSQL 18.")
                .contains("database check_c");
        assertThat(run.line("catalogs")).startsWith("ok");
        assertThat(run.line("encoding")).startsWith("ok").contains("UTF8");
        assertThat(run.line("collation")).startsWith("ok").contains("the cache sorts and compares it, too");
        assertThat(run.line("TLS")).startsWith("ok").contains("on this machine");
        assertThat(run.line("rights"))
                .startsWith("look")
                .contains("4 of 5 tables can be read; not public.hidden_table");
        assertThat(run.out()).contains("GRANT SELECT ON public.hidden_table TO app");
        assertThat(run.line("row security")).startsWith("look").contains("public.guarded_table");
        assertThat(run.line("listen")).startsWith("ok").contains("the port is free");
        assertThat(run.line("http")).startsWith("ok");
        assertThat(run.line("memory")).startsWith("ok");
        assertThat(run.line("cache-db")).startsWith("ok").contains("free");
        assertThat(run.out()).contains("serve can start; 2 things to look at.");
        assertThat(directory).as("nothing is left behind").isEmptyDirectory();
    }

    @Test
    void saysWhatCannotBeCachedFully() {
        Run run = check(
                "--upstream", UpstreamServer.superuserUrl().replace("/shop", "/check_icu"), "--memory-limit", "1KB");

        assertThat(run.exitCode()).isZero();
        assertThat(run.line("collation"))
                .startsWith("look")
                .contains("ICU's \"de-DE\"")
                .contains("the server sorts their different values");
        assertThat(run.line("account")).startsWith("look").contains("superuser");
        assertThat(check("--upstream", UpstreamServer.superuserUrl().replace("/shop", "/check_latin"))
                        .line("encoding"))
                .startsWith("look")
                .contains("LATIN1");
        assertThat(check(
                                "--upstream",
                                UpstreamServer.url(UpstreamServer.ENCODED_PASSWORD, "check_c"),
                                "--memory-limit",
                                "1MB")
                        .line("sizes"))
                .startsWith("look")
                .contains("larger than 976.6KiB: public.large");
    }

    @Test
    void saysWhatMustBeFixed() throws IOException {
        Path pem = Files.writeString(directory.resolve("some.pem"), "no certificate");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Run run = check(
                    "--upstream",
                    UpstreamServer.url("wrong", "check_c"),
                    "--listen",
                    "127.0.0.1:" + taken.getLocalPort(),
                    "--http",
                    "127.0.0.1:" + taken.getLocalPort(),
                    "--cache-db",
                    "/no/such/directory/cache.db",
                    "--log",
                    "/no/such/directory/x.log",
                    "--tls-cert",
                    pem.toString(),
                    "--tls-key",
                    pem.toString());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.line("connection")).startsWith("FIX").contains("cannot use postgresql://app:***@");
            assertThat(run.out()).contains("The server rejected the password of role app.");
            assertThat(run.line("listen")).startsWith("FIX");
            assertThat(run.line("http")).startsWith("FIX");
            assertThat(run.out()).contains("choose another with --http (or off)");
            assertThat(run.line("cache-db")).startsWith("look").contains("/no/such/directory");
            assertThat(run.line("log ")).startsWith("FIX");
            assertThat(run.line("client TLS")).startsWith("FIX").contains("some.pem");
            assertThat(run.out()).contains("5 things to fix before serve can start");
        }
    }

    @Test
    void triesEachHost() throws IOException {
        int nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = free.getLocalPort();
        }
        String url = UpstreamServer.url(UpstreamServer.ENCODED_PASSWORD, "check_c")
                .replace("@127.0.0.1", "@127.0.0.1:" + nobody + ",127.0.0.1");

        Run run = check("--upstream", url);

        assertThat(run.exitCode()).isZero();
        assertThat(run.line("host 127.0.0.1:" + nobody)).startsWith("look").contains("cannot be used");
        assertThat(run.line("host 127.0.0.1:" + UpstreamServer.port())).startsWith("ok");
    }

    @Test
    void tellsAMistakeInTheConfiguration() {
        Run run = check("--upstream", "mysql://app:s3cret@127.0.0.1/shop");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.line("configuration")).startsWith("FIX").contains("--upstream: ");
        assertThat(run.out()).doesNotContain("s3cret").contains("1 thing to fix before serve can start.");
    }

    private Run check(String... arguments) {
        List<String> all = new ArrayList<>(List.of("check"));
        all.addAll(List.of(arguments));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Map<String, String> variables = Map.of(
                "SQLMEM_LISTEN", "127.0.0.1:0",
                "SQLMEM_HTTP", "127.0.0.1:0",
                "SQLMEM_MEMORY_LIMIT", "100MB",
                "SQLMEM_CACHE_DB", directory.resolve("cache.db").toString());
        CommandLine command = Sqlmem.commandLine(new Environment(variables, directory));
        command.setOut(new PrintWriter(out));
        command.setErr(new PrintWriter(err));
        return new Run(command.execute(all.toArray(String[]::new)), out.toString(), err.toString());
    }

    private record Run(int exitCode, String out, String err) {
        /** The line about a subject. */
        String line(String subject) {
            return out.lines()
                    .filter(line -> line.length() > 6 && line.substring(6).startsWith(subject))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("nothing about " + subject + " in " + out));
        }
    }
}
