package dev.sqlmem.session;

import dev.sqlmem.database.Database;
import dev.sqlmem.database.WriteReaches;
import dev.sqlmem.session.relay.Registry;
import dev.sqlmem.session.relay.RelayLeg;
import dev.sqlmem.session.state.SessionSettings;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.sql.classify.Classification;
import dev.sqlmem.sql.classify.Effects;
import dev.sqlmem.sql.classify.HiddenCode;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables that relayed statements may have written; they leave the cache when the transaction ends,
 * before the client hears of it. What is known to be rolled back leaves nothing. Read-only sessions write
 * nothing.
 *
 * <p>Statements are noted with the batch in which they are sent, since clients send more before they have
 * heard of the end of what they sent.
 */
final class Writes {
    private final Database database;
    private final SessionState state;
    private final Registry registry;
    private final RelayLeg leg;
    private final Pauses pauses;
    private final ArrayDeque<Note> notes = new ArrayDeque<>();
    private byte before = SessionState.IDLE;
    private int completions;
    private boolean failed;
    private String lastTag = "";

    /** What the statements of one batch may write. */
    private static final class Note {
        private final long batch;
        private final int catalogChanges;
        private final Set<Long> oids = new HashSet<>();
        private boolean everything;
        private boolean flushed;

        Note(long batch, int catalogChanges) {
            this.batch = batch;
            this.catalogChanges = catalogChanges;
        }

        void flush(Database database) {
            if (everything) {
                database.writes().everythingChanged();
            } else {
                database.writes().changed(oids, catalogChanges);
            }
        }
    }

    Writes(Database database, SessionState state, Registry registry, RelayLeg leg, Pauses pauses) {
        this.database = database;
        this.state = state;
        this.registry = registry;
        this.leg = leg;
        this.pauses = pauses;
    }

    /** Notes what a statement may write, before it is sent; waits where the server must be asked what that is. */
    Step prepare(@Nullable Classification classification) {
        if (state.isReadOnly()) {
            return Step.DONE;
        }
        if (classification == null) {
            everything();
            return Step.DONE;
        }
        if (settle(classification) == Step.WAIT) {
            return Step.WAIT;
        }
        Effects effects = classification.effects();
        if (effects.everything()
                || effects.code().isUnknown()
                || (effects.code().runsPortal() && registry.hasNamedUpstreamPortal())
                || (effects.changesRows() && effects.tables().isEmpty())) {
            everything();
            return Step.DONE;
        }
        if (effects.code().calls().isEmpty() && !effects.changesRows()) {
            return Step.DONE;
        }
        return known(effects);
    }

    /**
     * Asks for the session's settings where it must be known what a statement writes to and its names cannot be
     * understood without them; before the first message of a batch, as within one nothing can be asked.
     */
    Step settle(@Nullable Classification classification) {
        boolean known = state.isReadOnly()
                || classification == null
                || state.settings() != null
                || !isByName(classification.effects());
        if (known || leg.isBatchOpen() || pauses.hasGivenUp() || state.status() == SessionState.FAILED) {
            return Step.DONE;
        }
        if (leg.isQuiet()) {
            return pauses.untilSettled();
        }
        return pauses.untilQuiet();
    }

    private static boolean isByName(Effects effects) {
        return effects.changesRows()
                && !effects.tables().isEmpty()
                && !effects.everything()
                && !effects.code().isUnknown();
    }

    /** Whether all code that the statement runs unseen is known to change neither tables nor settings. */
    boolean isHarmless(@Nullable Classification classification) {
        if (state.isReadOnly() || classification == null) {
            return false;
        }
        HiddenCode code = classification.effects().code();
        return !code.isUnknown()
                && !code.runsPortal()
                && Boolean.TRUE.equals(database.writes().writesNothing(code.calls()));
    }

    /** Notes what is known of the server by now, or asks. */
    private Step known(Effects effects) {
        Set<String> calls = effects.code().calls();
        Set<Long> reach = Set.of();
        WriteReaches reaches = database.writes();
        int catalogChanges = reaches.catalogChanges();
        String path = searchPath();
        Boolean harmless;
        if (calls.isEmpty()) {
            harmless = Boolean.TRUE;
        } else {
            harmless = reaches.writesNothing(calls);
        }
        if (effects.changesRows() && Boolean.TRUE.equals(harmless)) {
            if (path == null) {
                reach = null;
            } else {
                reach = reaches.reach(path, effects.tables());
            }
        }
        if (harmless != null && harmless && reach != null) {
            note(catalogChanges).oids.addAll(reach);
            return Step.DONE;
        }
        if (Boolean.FALSE.equals(harmless) || pauses.hasGivenUp()) {
            everything();
            return Step.DONE;
        }
        if (harmless == null) {
            return pauses.until(reaches.fetchCode(calls));
        }
        if (path == null) {
            everything();
            return Step.DONE;
        }
        return pauses.until(reaches.fetchReach(path, effects.tables()));
    }

    /** The resolved search path, null where it is not known. */
    private @Nullable String searchPath() {
        SessionSettings settings = state.settings();
        if (settings == null) {
            return null;
        }
        return settings.space().searchPath();
    }

    private Note note(int catalogChanges) {
        long batch = leg.batch();
        Note last = notes.peekLast();
        if (last == null || last.batch != batch || last.catalogChanges != catalogChanges) {
            last = new Note(batch, catalogChanges);
            notes.add(last);
        }
        last.flushed = false;
        return last;
    }

    /** Notes that anything may be written. */
    void everything() {
        if (!state.isReadOnly()) {
            note(database.writes().catalogChanges()).everything = true;
        }
    }

    /** Whether a write may be under way. */
    boolean isPending() {
        return !notes.isEmpty();
    }

    /** Takes in that a statement of the client's has been carried out; {@code tag} is empty for a part of one. */
    void completed(String tag) {
        completions++;
        lastTag = tag;
        boolean commit = tag.equals("COMMIT");
        for (Note note : notes) {
            if (commit && !note.flushed) {
                note.flush(database);
            }
            note.flushed = commit;
        }
    }

    /** Takes in that a statement of the client's has failed. */
    void failed() {
        failed = true;
    }

    /** Takes in the transaction status behind a batch, before the client hears of it. */
    void ready(byte status, long batch) {
        boolean rolledBack = isRolledBack();
        before = status;
        completions = 0;
        failed = false;
        lastTag = "";
        while (!notes.isEmpty() && notes.element().batch <= batch) {
            Note note = notes.element();
            if (!note.flushed) {
                if (status != SessionState.IDLE) {
                    break;
                }
                if (note.everything || !rolledBack) { // what nobody knows may have been committed elsewhere
                    note.flush(database);
                }
            }
            notes.remove();
        }
        notes.forEach(note -> note.flushed = false); // what they are about has not run yet
    }

    /**
     * Whether the batch has ended its transaction by rolling it back, and nothing else: ROLLBACK of an open
     * block, also by COMMIT where it had failed, or a failure before anything was carried out.
     */
    private boolean isRolledBack() {
        if (before == SessionState.IDLE) {
            return failed && completions == 0;
        }
        return !failed && completions == 1 && lastTag.equals("ROLLBACK");
    }

    /** Takes the tables out of the cache, for what may have been committed already. */
    void changed() {
        notes.forEach(note -> note.flush(database));
    }

    /** The same when the last transaction has ended. */
    void committed() {
        changed();
        notes.clear();
    }
}
