package dev.sqlmem.cli;

import dev.sqlmem.catalog.TextOrder;
import dev.sqlmem.settings.DataSize;
import dev.sqlmem.settings.ListenAddress;
import dev.sqlmem.upstream.jdbc.ServerFacts;
import dev.sqlmem.upstream.jdbc.Survey;
import dev.sqlmem.upstream.jdbc.TableSurvey;
import dev.sqlmem.upstream.url.ConnectionAdvice;
import dev.sqlmem.upstream.url.HostPort;
import dev.sqlmem.upstream.url.SslMode;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code check} finds about the upstream. Asks the server; used once. */
final class UpstreamCheck {
    private static final int OLDEST = 14;
    private static final int NEWEST = 18;
    private static final int ENOUGH_CONNECTIONS = 10;
    private static final int NAMED_TABLES = 5;

    /** The most that one cached table can have. */
    private static final long LARGEST_TABLE = 1L << 30;

    private final UpstreamUrl url;
    private final DataSize memoryLimit;
    private final List<Finding> findings = new ArrayList<>();

    private UpstreamCheck(UpstreamUrl url, DataSize memoryLimit) {
        this.url = url;
        this.memoryLimit = memoryLimit;
    }

    /** Tries the upstream. */
    static List<Finding> of(UpstreamUrl url, DataSize memoryLimit) {
        UpstreamCheck check = new UpstreamCheck(url, memoryLimit);
        if (url.hosts().size() > 1) {
            url.hosts().forEach(check::host);
        }
        try {
            check.survey(Survey.of(url));
        } catch (SQLException failure) {
            check.findings.add(Finding.fix("connection", "cannot use " + url, ConnectionAdvice.of(failure, url)));
        }
        return check.findings;
    }

    private void host(HostPort host) {
        UpstreamUrl one = url.withHost(host);
        try {
            Survey survey = Survey.of(one);
            findings.add(Finding.ok("host " + host, survey.standby() ? "answers, a standby" : "answers"));
        } catch (SQLException failure) {
            findings.add(Finding.look("host " + host, "cannot be used", ConnectionAdvice.of(failure, one)));
        }
    }

    private void survey(Survey survey) {
        version(survey.facts());
        tls(survey);
        connections(survey);
        account(survey);
        encoding(survey.facts());
        collation(survey.facts());
        rights(survey.tables());
        sizes(survey.tables().stream().filter(TableSurvey::readable).toList());
    }

    private void version(ServerFacts facts) {
        int major = facts.majorVersion();
        String text = "PostgreSQL " + major + "." + facts.versionNum() % 10_000 + ", database " + facts.database();
        findings.add(
                major >= OLDEST && major <= NEWEST
                        ? Finding.ok("version", text)
                        : Finding.look(
                                "version",
                                text,
                                "SQLmem is tested with PostgreSQL " + OLDEST + " to " + NEWEST
                                        + ": compare answers before you rely on it with this version."));
    }

    private void tls(Survey survey) {
        String tls = survey.tls();
        boolean local = url.hosts().stream().allMatch(host -> new ListenAddress(host.host(), host.port()).isLoopback());
        if (tls == null) {
            findings.add(
                    local
                            ? Finding.ok("TLS", "not used; the server is on this machine")
                            : Finding.look(
                                    "TLS",
                                    "not used: passwords and rows cross the network in the clear",
                                    "Switch TLS on at the server and add sslmode=verify-full to --upstream."));
            return;
        }
        boolean verified = url.sslMode() == SslMode.VERIFY_FULL || url.sslMode() == SslMode.VERIFY_CA;
        findings.add(
                verified || local
                        ? Finding.ok("TLS", tls + ", sslmode=" + url.sslMode().text())
                        : Finding.look(
                                "TLS",
                                tls + ", but sslmode=" + url.sslMode().text() + " does not check who the server is",
                                "Add sslmode=verify-full and sslrootcert=FILE to --upstream."));
    }

    private void connections(Survey survey) {
        String text = survey.freeConnections() + " connections are free";
        findings.add(
                survey.freeConnections() >= ENOUGH_CONNECTIONS
                        ? Finding.ok("connections", text)
                        : Finding.look(
                                "connections",
                                text + "; SQLmem takes up to six for itself and one for each client",
                                "Raise max_connections at the server."));
    }

    private void account(Survey survey) {
        String denied = survey.catalogs();
        if (denied != null) {
            findings.add(Finding.fix(
                    "catalogs",
                    "role " + url.user() + " cannot read the system catalogs (" + denied
                            + "), so that nothing would be cached",
                    "Give back to PUBLIC, or to this role, SELECT on the tables of pg_catalog."));
        } else {
            findings.add(Finding.ok("catalogs", "role " + url.user() + " can read the system catalogs"));
        }
        if (survey.superuser()) {
            findings.add(Finding.look(
                    "account",
                    "role " + url.user() + " is a superuser, and its password is in the configuration",
                    "Use a role of its own that has SELECT on what is to be cached, and no more."));
        }
    }

    private void encoding(ServerFacts facts) {
        findings.add(
                facts.isUtf8()
                        ? Finding.ok("encoding", facts.encoding())
                        : Finding.look(
                                "encoding",
                                facts.encoding() + ": text is never sorted or compared by < and > in the cache",
                                "Such statements are relayed. A database in UTF8 has no such limit."));
    }

    private void collation(ServerFacts facts) {
        String text = "text is ordered by " + provider(facts.collationProvider()) + " \"" + facts.collation() + "\"";
        findings.add(
                facts.order() == TextOrder.CODE_POINT
                        ? Finding.ok("collation", text + ": the cache sorts and compares it, too")
                        : Finding.look(
                                "collation",
                                text + ": for ORDER BY, <, > and min, max over text columns the server sorts their"
                                        + " different values at the first load that needs it",
                                "Nothing is wrong with that, but such loads take longer. Columns with COLLATE \"C\", or"
                                        + " the builtin locale C.UTF-8 (PostgreSQL 17), do without."));
    }

    private static String provider(char provider) {
        return switch (provider) {
            case 'c' -> "the C library's";
            case 'i' -> "ICU's";
            case 'b' -> "the builtin";
            default -> "provider " + provider;
        };
    }

    private void rights(List<TableSurvey> tables) {
        List<TableSurvey> hidden =
                tables.stream().filter(table -> !table.readable()).toList();
        List<TableSurvey> guarded = tables.stream()
                .filter(table -> table.readable() && table.rowSecurity())
                .toList();
        int readable = tables.size() - hidden.size();
        if (hidden.isEmpty()) {
            findings.add(Finding.ok(
                    "rights",
                    tables.size() == 1 ? "the one table can be read" : "all " + tables.size() + " tables can be read"));
        } else {
            findings.add(Finding.look(
                    "rights",
                    readable + " of " + tables.size() + " tables can be read; not " + names(hidden),
                    "Statements on them are relayed. To have them cached: GRANT SELECT ON "
                            + hidden.get(0).name() + " TO " + url.user() + "; and USAGE on their schema."));
        }
        if (!guarded.isEmpty()) {
            findings.add(Finding.look(
                    "row security",
                    names(guarded) + " under row-level security",
                    "Statements on them are relayed, as every role may see other rows."));
        }
    }

    private void sizes(List<TableSurvey> tables) {
        long all = tables.stream().mapToLong(TableSurvey::bytes).sum();
        long most = Math.min(LARGEST_TABLE, memoryLimit.bytes());
        List<TableSurvey> large =
                tables.stream().filter(table -> table.bytes() > most).toList();
        String text = "the tables that can be read have " + new DataSize(all) + " on disk; the memory limit is "
                + memoryLimit;
        if (!large.isEmpty()) {
            findings.add(Finding.look(
                    "sizes",
                    text + "; larger than " + new DataSize(most) + ": " + names(large),
                    "Only the columns that are read are cached, so they may fit all the same. Where not, statements on"
                            + " them are relayed."
                            + (most < LARGEST_TABLE ? " Raise --memory-limit." : "")));
        } else if (all > memoryLimit.bytes()) {
            findings.add(Finding.look(
                    "sizes",
                    text,
                    "Should all columns of all tables be read, those not read for the longest time leave. Raise"
                            + " --memory-limit where there is memory."));
        } else {
            findings.add(Finding.ok("sizes", text));
        }
    }

    private static String names(List<TableSurvey> tables) {
        String first =
                tables.stream().limit(NAMED_TABLES).map(TableSurvey::name).collect(Collectors.joining(", "));
        if (tables.size() <= NAMED_TABLES) {
            return first;
        }
        return first + " and " + (tables.size() - NAMED_TABLES) + " more";
    }
}
