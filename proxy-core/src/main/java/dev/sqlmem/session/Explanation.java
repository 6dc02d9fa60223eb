package dev.sqlmem.session;

import dev.sqlmem.cache.generation.Generation;
import dev.sqlmem.cache.generation.Leased;
import dev.sqlmem.cache.generation.Reader;
import dev.sqlmem.cache.sqlite.CacheException;
import dev.sqlmem.catalog.OrderKey;
import dev.sqlmem.catalog.TableUse;
import dev.sqlmem.database.Database;
import dev.sqlmem.plan.CachedPlan;
import dev.sqlmem.plan.CachedPlan.Fit;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.decision.Decision;
import dev.sqlmem.session.decision.Decision.Need;
import dev.sqlmem.session.decision.Decision.Refuse;
import dev.sqlmem.session.decision.Decision.Relay;
import dev.sqlmem.session.decision.Decision.Wait;
import dev.sqlmem.session.decision.Lookup;
import dev.sqlmem.session.decision.Request;
import dev.sqlmem.session.decision.Router;
import dev.sqlmem.session.metrics.RelayReason;
import dev.sqlmem.session.state.SessionState;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the session would do with a statement now, as rows of name and value: the same question that an answer goes
 * through, without sending the answer and without loading anything.
 */
final class Explanation {
    private static final int MAX_ROUNDS = 5;

    private final EventLoop loop;
    private final int slot;
    private final Database database;
    private final SessionState state;
    private final Router router;
    private final SettingsQuestion settings;
    private final Lookup lookup;
    private final Request request = new Request();
    private final List<List<String>> rows = new ArrayList<>();

    Explanation(Client client, Database database, SessionState state, Router router, SettingsQuestion settings) {
        this.loop = client.channel().eventLoop();
        this.slot = client.slot();
        this.database = database;
        this.state = state;
        this.router = router;
        this.settings = settings;
        this.lookup = new Lookup(database, state);
    }

    void of(String sql, CompletableFuture<List<List<String>>> result) {
        of(sql, result, MAX_ROUNDS);
    }

    private void of(String sql, CompletableFuture<List<List<String>>> result, int rounds) {
        rows.clear();
        ByteBuf text = Unpooled.wrappedBuffer(sql.getBytes(StandardCharsets.UTF_8));
        lookup.find(text, 0, text.readableBytes());
        Decision decision = router.decide(request.ask(Request.Step.EXPLAIN, lookup));
        if (decision instanceof Wait wait && rounds > 0 && waits(sql, result, rounds, wait)) {
            return;
        }
        if (decision instanceof Refuse refuse) {
            route("refuse", refuse.refusal().sqlState() + " " + refuse.refusal().message());
            add("hint", refuse.refusal().hint() == null ? "" : refuse.refusal().hint());
        } else if (decision instanceof Decision.Local) {
            route("local", "about the proxy itself");
        } else if (decision instanceof Relay relay) {
            route("relay", relay.isUnasked() ? unplannable() : relay.reason());
            planned(relay.why() == RelayReason.INEXACT);
        } else if (decision instanceof Decision.Answer answer) {
            route("serve", "");
            answer.whole().close();
            planned(true);
        } else {
            missing(((Wait) decision).need());
        }
        ShapeEntry entry = lookup.entry();
        if (entry != null) {
            verified(entry);
        }
        add("shape", lookup.shape().display());
        result.complete(List.copyOf(rows));
    }

    /** Asks once more when what is missing is there; false where that is not to be waited for. */
    private boolean waits(String sql, CompletableFuture<List<List<String>>> result, int rounds, Wait wait) {
        if (wait.need() == Need.LOAD) {
            return false;
        }
        if (wait.need() == Need.SETTINGS) {
            if (state.status() == SessionState.FAILED) {
                return false;
            }
            settings.ask(() -> of(sql, result, rounds - 1));
            return true;
        }
        wait.until()
                .whenComplete((done, failure) -> loop.execute(() -> of(sql, result, failure == null ? rounds - 1 : 0)));
        return true;
    }

    private String unplannable() {
        if (lookup.entry() == null) {
            return "literals or a length that are not planned";
        }
        return "not a single SELECT";
    }

    private void missing(Need need) {
        switch (need) {
            case LOAD -> {
                route("serve", "");
                planned(false);
            }
            case PLAN -> route("relay", "the plan is not made yet");
            case QUIET, SETTINGS -> route("relay", "the session's settings must be read first");
            case RIGHTS, ZONE -> route("relay", "something must be asked upstream first");
        }
    }

    /** Tells of the plan, and of its tables; {@code loaded} says whether they are there. */
    private void planned(boolean loaded) {
        CachedPlan plan = request.plan();
        if (plan == null) {
            return;
        }
        add("open", plan.read().open());
        add("total", plan.read().total() ? "" : "no: nothing is sent before the whole answer is there");
        add("sqlite", plan.read().query().sql());
        Leased leased;
        if (loaded) {
            leased = database.tables().acquire(plan.tables());
        } else {
            leased = null;
        }
        List<Generation> generations = List.of();
        if (leased != null) {
            steps(plan, leased).forEach(step -> add("step", step));
            generations = leased.generations();
        }
        for (int i = 0; i < plan.tables().size(); i++) {
            table(plan.tables().get(i), generations.isEmpty() ? null : generations.get(i));
        }
        add("cached", leased == null ? "no: the statement would load it first" : "yes");
        if (plan.tables().size() > 1) {
            add("as_of", "each table as of its own load, all of them current when the statement begins");
        }
        if (leased != null) {
            Fit fit = plan.fit(leased);
            if (fit == Fit.BRIEF || fit == Fit.LONG) {
                add("runs", fit == Fit.BRIEF ? "on the event loop" : "on a worker");
            }
            leased.release();
        }
    }

    /** How SQLite finds the rows: planned afresh, which takes it some 50 µs. */
    private List<String> steps(CachedPlan plan, Leased leased) {
        Reader reader = leased.inlineReader(slot);
        try {
            return reader.plan(plan.read().query());
        } catch (CacheException e) {
            return List.of(); // it is no statement for SQLite, and goes upstream when it is run
        } finally {
            leased.giveBackInline(slot, reader);
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
