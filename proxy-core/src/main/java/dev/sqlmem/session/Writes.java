package dev.sqlmem.session;

import dev.sqlmem.plan.Classification;
import dev.sqlmem.plan.Effects;
import dev.sqlmem.plan.StatementKind;
import dev.sqlmem.session.Conversation.Step;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables that relayed statements of the current transaction may have written; they leave the cache
 * when it ends, before the client hears of it. Read-only sessions write nothing.
 */
final class Writes {
    private final Conversation conversation;
    private final Set<Long> oids = new HashSet<>();
    private boolean everything;

    Writes(Conversation conversation) {
        this.conversation = conversation;
    }

    /** Notes what a statement may write, before it is sent; waits where the server must be asked what that is. */
    Step prepare(@Nullable Classification classification) {
        if (conversation.context.readOnly() || everything) {
            return Step.DONE;
        }
        if (classification == null) {
            everything = true;
            return Step.DONE;
        }
        Effects effects = classification.effects();
        boolean writes = classification.kind() == StatementKind.WRITE;
        if (effects.everything()
                || effects.unknownFunctions()
                || (writes && effects.tables().isEmpty())) {
            everything = true;
            return Step.DONE;
        }
        return writes ? tables(effects) : Step.DONE;
    }

    private Step tables(Effects effects) {
        Standing standing = conversation.state.standing();
        String path = standing == null ? null : standing.space().searchPath();
        Set<Long> reach = path == null ? null : conversation.database.reach(path, effects.tables());
        if (reach != null) {
            oids.addAll(reach);
            return Step.DONE;
        }
        if (path == null || conversation.waiting.declined() != null) {
            everything = true;
            return Step.DONE;
        }
        return conversation.waiting.await(conversation.database.fetchReach(path, effects.tables()), false);
    }

    /** Notes that anything may be written. */
    void everything() {
        everything |= !conversation.context.readOnly();
    }

    /** Whether a write may be under way. */
    boolean isPending() {
        return everything || !oids.isEmpty();
    }

    /** Takes the tables out of the cache, for what may have been committed already. */
    void changed() {
        if (everything) {
            conversation.database.everythingChanged();
        } else {
            oids.forEach(conversation.database.tables()::invalidate);
        }
    }

    /** The same when the transaction has ended. */
    void committed() {
        changed();
        everything = false;
        oids.clear();
    }
}
