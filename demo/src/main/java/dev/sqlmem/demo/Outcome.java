package dev.sqlmem.demo;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What came of one statement of the tour.
 *
 * @param first its route when it was asked the first time
 * @param later its route when it was asked again
 * @param directNanos median time of a warm run on the server itself; empty where none was made
 * @param proxyNanos median time of a warm run through the proxy; empty where it was refused
 * @param error the proxy's error message, or null
 */
record Outcome(
        Step step,
        String first,
        String later,
        OptionalLong directNanos,
        OptionalLong proxyNanos,
        @Nullable String error) {
    /** The route in a word, or two where the first time made a difference. */
    String route() {
        if (first.equals(later)) {
            return first;
        }
        return first + " > " + later;
    }
}
