package dev.sqlmem.settings;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Every setting of the proxy: its flag, its default and its help text. */
public enum Flag {
    UPSTREAM(
            "upstream",
            "URL",
            null,
            "the PostgreSQL server in front of which SQLmem stands,"
                    + " as a libpq URL: postgresql://user:secret@host:5432/db"),
    LISTEN("listen", "HOST:PORT", "127.0.0.1:6432", "where clients connect"),
    MODE(
            "mode",
            "MODE",
            "read-only",
            "read-only: writes, SELECT * and JOIN are refused;"
                    + " transparent: what the cache cannot answer exactly is relayed"),
    TLS_CERT("tls-cert", "FILE", null, "certificate chain (PEM) for clients that ask for TLS"),
    TLS_KEY("tls-key", "FILE", null, "private key (PEM) that belongs to --tls-cert"),
    ALLOW_PLAIN_PUBLIC(
            "allow-plain-public", null, "false", "listen on a public address without TLS all the same, for --http too"),
    MEMORY_LIMIT(
            "memory-limit",
            "SIZE",
            "a quarter of the machine's memory",
            "how much memory the cached tables may" + " take, for example 512MB or 2GiB"),
    FILL_WAIT(
            "fill-wait",
            "MILLIS",
            "200",
            "how long a statement waits for the load that it caused" + " before it is relayed"),
    EVENT_LOOPS("event-loops", "N", "one for each core", "threads that read and answer"),
    DRAIN_LIMIT("drain-limit", "DURATION", "5s", "how long running statements may go on after a stop signal"),
    VERIFY("verify", "RATE", "0", "which share of the cache's answers is asked upstream as well and compared, 0 to 1"),
    CACHE_DB("cache-db", "PATH", "cache.db", "the file that keeps the cache across restarts, or none"),
    BACKUP_INTERVAL(
            "backup-interval",
            "SECONDS",
            "3600",
            "how often --cache-db is written; 0: only at the stop and by sqlmem.backup()"),
    FRESHNESS(
            "freshness",
            "RULE",
            "manual",
            "manual: tables stay until invalidated; ttl:DURATION: tables are"
                    + " loaded again in the background when older"),
    TABLE(
            "table",
            "RULE",
            "none",
            "a rule for one table, may be given several times: orders:ttl=5s, audit:never,"
                    + " orders:preload=id,status, users:-password_hash; in the variable separated by semicolons"),
    HTTP("http", "HOST:PORT", "127.0.0.1:8432", "where the status page, metrics and health are, or off"),
    LOG("log", "TARGET", "silent", "stderr, stdout or a file; may be given several times"),
    DEBUG("debug", null, "false", "debug logging where no --log-level is given"),
    LOG_LEVEL("log-level", "LEVEL", "info, or debug with --debug", "error, warn, info, debug or trace"),
    LOG_ROTATION("log-rotation", "SIZE", "10 MB", "size at which a log file is begun anew; five old ones are kept"),
    LOG_FORMAT("log-format", "FORMAT", "text", "text for people, or json: one object a line");

    private final String label;
    private final @Nullable String parameter;
    private final @Nullable String defaultText;
    private final String description;

    Flag(String label, @Nullable String parameter, @Nullable String defaultText, String description) {
        this.label = label;
        this.parameter = parameter;
        this.defaultText = defaultText;
        this.description = description;
    }

    /** The flag's name without dashes, as in {@code sqlmem.settings}. */
    public String label() {
        return label;
    }

    /** The flag as typed. */
    public String option() {
        return "--" + label;
    }

    /** The environment variable that says the same. */
    public String variable() {
        return "SQLMEM_" + label.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** What stands for the value in help texts; null for a switch that is on when it is named. */
    public @Nullable String parameter() {
        return parameter;
    }

    /** The default as a person reads it; null when there is none. */
    public @Nullable String defaultText() {
        return defaultText;
    }

    /** The whole help text of the flag. */
    public String help() {
        String shown;
        if (defaultText == null) {
            shown = "";
        } else {
            shown = "; default: " + defaultText;
        }
        return description + " (" + variable() + shown + ")";
    }
}
