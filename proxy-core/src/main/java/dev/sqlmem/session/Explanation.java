package dev.sqlmem.session;

import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.cache.generation.Leased;
import dev.sqlmem.cache.generation.Reader;
import dev.sqlmem.cache.sqlite.CacheException;
import dev.sqlmem.catalog.OrderKey;
import dev.sqlmem.catalog.TableUse;
import dev.sqlmem.plan.Binding;
import dev.sqlmem.plan.CachedPlan;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.answer.Binder;
import dev.sqlmem.session.answer.OrderKeyArguments;
import dev.sqlmem.session.answer.RowWriter;
import dev.sqlmem.session.decision.Admission.Admit;
import dev.sqlmem.session.decision.Admission.Decline;
import dev.sqlmem.session.decision.Admission.Known;
import dev.sqlmem.session.decision.Admission.Verdict;
import dev.sqlmem.session.decision.Admission.Wait;
import dev.sqlmem.session.state.SessionSettings;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.sql.classify.Classification;
import dev.sqlmem.sql.classify.Refusal;
import dev.sqlmem.sql.classify.StatementKind;
import dev.sqlmem.sql.shape.HeldLiterals;
import dev.sqlmem.wire.type.NotExactException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the session would do with a statement now, as rows of name and value: the same questions that an
 * answer goes through, without an answer and without loading anything.
 */
final class Explanation {
    private static final int MAX_ROUNDS = 5;

    private final Conversation conversation;
    private final List<List<String>> rows = new ArrayList<>();

    Explanation(Conversation conversation) {
        this.conversation = conversation;
    }

    void of(String sql, CompletableFuture<List<List<String>>> result) {
        of(sql, result, MAX_ROUNDS);
    }

    private void of(String sql, CompletableFuture<List<List<String>>> result, int rounds) {
        rows.clear();
        ByteBuf text = Unpooled.wrappedBuffer(sql.getBytes(StandardCharsets.UTF_8));
        Lookup lookup = conversation.lookup;
        lookup.find(text, 0, text.readableBytes());
        Classification classification = lookup.classification();
        Refusal refusal;
        if (conversation.context.readOnly()) {
            refusal = classification.refusal();
        } else {
            refusal = null;
        }
        ShapeEntry entry = lookup.entry();
        if (refusal != null) {
            route("refuse", refusal.sqlState() + " " + refusal.message());
            add("hint", refusal.hint() == null ? "" : refusal.hint());
        } else if (classification.kind() == StatementKind.LOCAL) {
            route("local", "about the proxy itself");
        } else if (entry == null || classification.kind() != StatementKind.SELECT || classification.multi()) {
            route("relay", entry == null ? "literals or a length that are not planned" : "not a single SELECT");
        } else {
            if (conversation.state.standing() == null
                    && conversation.state.status() != SessionState.FAILED
                    && rounds > 0) {
                conversation.settleFirst(() -> of(sql, result, rounds - 1));
                return;
            }
            Wait wait = candidate(entry, HeldLiterals.of(lookup.shape()));
            if (wait != null && rounds > 0) {
                wait.until()
                        .whenComplete((done, failure) -> conversation
                                .channel
                                .eventLoop()
                                .execute(() -> of(sql, result, failure == null ? rounds - 1 : 0)));
                return;
            }
        }
        if (entry != null) {
            verified(entry);
        }
        add("shape", lookup.shape().display());
        result.complete(List.copyOf(rows));
    }

    private @Nullable Wait candidate(ShapeEntry entry, HeldLiterals literals) {
        SessionSettings standing = conversation.state.standing();
        if (standing == null) {
            route("relay", "the session's settings must be read first");
            return null;
        }
        Verdict verdict = conversation.admission.plan(entry, standing, literals, List.of());
        if (verdict instanceof Wait wait) {
            route("relay", "the plan is not made yet");
            return wait;
        }
        if (verdict instanceof Known known) {
            return serve(known.plan(), standing, literals);
        }
        route("relay", verdict instanceof Decline decline ? decline.reason() : "");
        return null;
    }

    private @Nullable Wait serve(CachedPlan plan, SessionSettings standing, HeldLiterals literals) {
        Verdict verdict = conversation.admission.judge(plan, standing);
        if (verdict instanceof Wait wait && !wait.load()) {
            route("relay", "something must be asked upstream first");
            return wait;
        }
        String inexact = "";
        List<String> steps = List.of();
        if (verdict instanceof Admit admit) {
            inexact = inexact(plan, literals, admit);
            steps = steps(plan, admit.leased());
            admit.leased().release();
        }
        boolean relayed = verdict instanceof Decline || !inexact.isEmpty();
        route(relayed ? "relay" : "serve", verdict instanceof Decline decline ? decline.reason() : inexact);
        add("open", plan.read().open());
        add("total", plan.read().total() ? "" : "no: nothing is sent before the whole answer is there");
        add("sqlite", plan.read().query().sql());
        steps.forEach(step -> add("step", step));
        List<Generation> generations;
        if (verdict instanceof Admit admit) {
            generations = admit.leased().generations();
        } else {
            generations = List.of();
        }
        for (int i = 0; i < plan.tables().size(); i++) {
            table(plan.tables().get(i), generations.isEmpty() ? null : generations.get(i));
        }
        add("cached", verdict instanceof Admit ? "yes" : "no: the statement would load it first");
        if (plan.tables().size() > 1) {
            add("as_of", "each table as of its own load, all of them current when the statement begins");
        }
        if (verdict instanceof Admit admit) {
            add("runs", admit.brief() ? "on the event loop" : "on a worker");
        }
        return null;
    }

    /** How SQLite finds the rows: planned afresh, which takes it some 50 µs. */
    private List<String> steps(CachedPlan plan, Leased leased) {
        Reader reader = leased.inlineReader(conversation.slot);
        try {
            return reader.plan(plan.read().query());
        } catch (CacheException e) {
            return List.of(); // it is no statement for SQLite, and goes upstream when it is run
        } finally {
            leased.giveBackInline(conversation.slot, reader);
        }
    }

    private void table(TableUse use, @Nullable Generation generation) {
        add("table", use.table().qualifiedName());
        add(
                "columns",
                use.attnumList().stream()
                        .map(attnum -> (OrderKey.isOne(attnum) ? "order of " : "")
                                + use.table().column(attnum).name())
                        .collect(Collectors.joining(", ")));
        add("loaded_at", generation == null ? "" : generation.loadedAt().toString());
    }

    private void verified(ShapeEntry entry) {
        String disabled = entry.disabled();
        add("disabled", disabled == null ? "" : disabled);
        long verified = entry.counters().verified();
        add("verified", verified == 0 ? "" : Long.toString(verified));
        long mismatches = entry.counters().mismatches();
        add("mismatches", mismatches == 0 ? "" : Long.toString(mismatches));
    }

    private String inexact(CachedPlan plan, HeldLiterals literals, Admit admit) {
        if (!new RowWriter(plan.read().outputs(), null, admit.settings()).isExact()) {
            return RowWriter.NOT_EXACT;
        }
        if (plan.read().bindings().stream().anyMatch(each -> each.source() == Binding.Source.PARAMETER)) {
            return "";
        }
        try {
            OrderKeyArguments.inline(
                    new Binder(literals, null, admit.settings())
                            .arguments(plan.read().bindings()),
                    admit.leased(),
                    conversation.slot,
                    conversation.database);
            return "";
        } catch (NotExactException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void route(String route, String reason) {
        add("route", route);
        add("reason", reason);
    }

    private void add(String name, String value) {
        if (!value.isEmpty()) {
            rows.add(List.of(name, value));
        }
    }
}
