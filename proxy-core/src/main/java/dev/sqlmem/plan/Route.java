package dev.sqlmem.plan;

import org.jspecify.annotations.Nullable;

/** How a statement is answered. */
public sealed interface Route permits CachedPlan, Route.Relay, Route.Refuse, Local {

    /** The route's name in {@code sqlmem.statements}. */
    String label();

    /** Why this route, for people. */
    String reason();

    /**
     * By the upstream server, over the client's own session.
     *
     * @param table whether that is because of the table, which is not one for the cache
     */
    record Relay(String reason, boolean table) implements Route {
        public Relay(String reason) {
            this(reason, false);
        }

        @Override
        public String label() {
            return "relay";
        }
    }

    /** By an error of the proxy's own. */
    record Refuse(String sqlState, String message, @Nullable String hint) implements Route {
        @Override
        public String label() {
            return "refuse";
        }

        @Override
        public String reason() {
            return message;
        }
    }
}
