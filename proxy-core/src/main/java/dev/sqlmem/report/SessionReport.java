package dev.sqlmem.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A client that is connected, as {@code sqlmem.sessions} shows it. {@link #REPORT} says what each component is. */
public record SessionReport(
        long pid,
        String role,
        @Nullable String database,
        String client,
        String state,
        String upstream,
        Instant since,
        long statements) {

    /** The columns of {@code sqlmem.sessions}. */
    public static final Report<SessionReport> REPORT = Report.<SessionReport>empty()
            .number("pid", "the number that the client knows the session by", SessionReport::pid)
            .text("role", "the role that logged in", SessionReport::role)
            .text("database", "its database; null before login is complete", SessionReport::database)
            .text("client", "the client's address", SessionReport::client)
            .text("state", "`login`, `idle`, `in transaction`, `failed transaction` or `closing`", SessionReport::state)
            .text("upstream", "the address of the server that it is relayed to", SessionReport::upstream)
            .time("since", "when it was accepted", SessionReport::since)
            .number("statements", "how many statements it has sent", SessionReport::statements);
}
