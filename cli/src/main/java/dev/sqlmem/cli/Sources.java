package dev.sqlmem.cli;

import dev.sqlmem.settings.Flag;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where settings come from, the first that has a text wins: flag, environment, {@code .env}. */
final class Sources {
    private final Map<Flag, String> flags;
    private final Map<String, String> variables;
    private final Map<String, String> dotEnv;

    Sources(Map<Flag, String> flags, Environment environment) {
        this.flags = Map.copyOf(flags);
        this.variables = environment.variables();
        this.dotEnv = Map.copyOf(environment.dotEnv());
    }

    /** The text that counts, or null when only the default is left. An empty variable counts as not set. */
    @Nullable
    Value find(Flag flag) {
        String typed = flags.get(flag);
        if (typed != null) {
            return new Value(flag, typed, "flag");
        }
        String exported = variables.get(flag.variable());
        if (exported != null && !exported.isBlank()) {
            return new Value(flag, exported.strip(), "environment");
        }
        String written = dotEnv.get(flag.variable());
        if (written != null && !written.isBlank()) {
            return new Value(flag, written.strip(), ".env");
        }
        return null;
    }
}
