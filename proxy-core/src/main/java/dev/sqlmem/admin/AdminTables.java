package dev.sqlmem.admin;

import dev.sqlmem.cache.generation.ColumnStatus;
import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.cache.generation.RowTable;
import dev.sqlmem.database.Persistence;
import dev.sqlmem.database.SaveAdvice;
import dev.sqlmem.plan.LocalRelation;
import dev.sqlmem.report.Report;
import dev.sqlmem.report.SessionReport;
import dev.sqlmem.report.Stat;
import dev.sqlmem.report.StatementReport;
import dev.sqlmem.report.TableReport;
import dev.sqlmem.session.LocalFailure;
import dev.sqlmem.session.LocalTables;
import dev.sqlmem.session.SessionInfo;
import dev.sqlmem.settings.Setting;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers for {@code sqlmem.*}: each statement gets rows of its own, made on a worker. Tables, columns
 * and statements are those of the asker's database. Thread-safe.
 */
public final class AdminTables implements LocalTables {
    private final Status status;
    private final @Nullable Persistence persistence;
    private final Executor workers;

    /** Creates the tables; {@code workers} makes the rows. */
    public AdminTables(Status status, @Nullable Persistence persistence, Executor workers) {
        this.status = status;
        this.persistence = persistence;
        this.workers = workers;
    }

    @Override
    public CompletableFuture<Generation> rows(LocalRelation relation, @Nullable String argument, SessionInfo asker) {
        return switch (relation) {
            case TABLES -> made(relation, TableReport.REPORT, () -> status.tables(asker.database()));
            case COLUMNS -> made(relation, ColumnStatus.REPORT, () -> status.columns(asker.database()));
            case STATEMENTS -> made(relation, StatementReport.REPORT, () -> status.statements(asker.database()));
            case SESSIONS -> made(relation, SessionReport.REPORT, status::sessions);
            case STATS -> made(relation, Stat.REPORT, status::stats);
            case SETTINGS -> made(relation, Setting.REPORT, status::settings);
            case EXPLAIN -> explain(relation, argument, asker);
            case INVALIDATE -> one(relation, () -> CacheControl.invalidate(asker.database(), argument));
            case INVALIDATE_ALL -> one(relation, () -> CacheControl.invalidateAll(asker.database()));
            case REFRESH ->
                CacheControl.refresh(asker.database(), argument)
                        .thenApplyAsync(
                                count -> RowTable.of(relation.table(), List.of(List.of(count + " refreshed"))),
                                workers);
            case BACKUP ->
                backup().thenApplyAsync(done -> RowTable.of(relation.table(), List.of(List.of(done))), workers);
        };
    }

    private CompletableFuture<String> backup() {
        if (persistence == null) {
            return CompletableFuture.failedFuture(new LocalFailure(
                    "55000", "there is no file to save the cache to", "Start the proxy with --cache-db PATH."));
        }
        return persistence.save().exceptionallyCompose(failure -> {
            Throwable cause;
            if (failure instanceof CompletionException && failure.getCause() != null) {
                cause = failure.getCause();
            } else {
                cause = failure;
            }
            return CompletableFuture.failedFuture(new LocalFailure(
                    "58030",
                    "the cache could not be saved: " + SaveAdvice.reason(cause),
                    SaveAdvice.advice(cause) + " The proxy goes on, and what was saved before is still there."));
        });
    }

    private CompletableFuture<Generation> explain(
            LocalRelation relation, @Nullable String argument, SessionInfo asker) {
        if (argument == null) {
            return CompletableFuture.supplyAsync(() -> RowTable.of(relation.table(), List.of()), workers);
        }
        return asker.explain(argument).thenApplyAsync(rows -> RowTable.of(relation.table(), rows), workers);
    }

    private <T> CompletableFuture<Generation> made(LocalRelation relation, Report<T> report, Supplier<List<T>> rows) {
        return CompletableFuture.supplyAsync(
                () -> RowTable.of(
                        relation.table(), rows.get().stream().map(report::row).toList()),
                workers);
    }

    private CompletableFuture<Generation> one(LocalRelation relation, LongSupplier value) {
        return CompletableFuture.supplyAsync(
                () -> RowTable.of(relation.table(), List.of(List.of(value.getAsLong()))), workers);
    }
}
