package dev.sqlmem.sql.classify;

import java.util.HashSet;
import java.util.Set;

/**
 * The code that a statement runs without its text's showing what that does.
 *
 * @param isUnknown whether it can be any code (DO, CALL, EXECUTE, functions that run SQL from strings)
 * @param calls the names of the functions that it calls and that are not known to be harmless, in whatever schema
 * @param runsPortal whether it runs a cursor or a portal (FETCH, MOVE)
 */
public record HiddenCode(boolean isUnknown, Set<String> calls, boolean runsPortal) {
    /** No such code. */
    public static final HiddenCode NONE = new HiddenCode(false, Set.of(), false);

    public HiddenCode {
        calls = Set.copyOf(calls);
    }

    /** Whether there is any. */
    public boolean isThere() {
        return isUnknown || !calls.isEmpty() || runsPortal;
    }

    HiddenCode and(HiddenCode other) {
        Set<String> both = new HashSet<>(calls);
        both.addAll(other.calls);
        return new HiddenCode(isUnknown || other.isUnknown, both, runsPortal || other.runsPortal);
    }
}
