package dev.sqlmem.cli;

import dev.sqlmem.settings.Flag;
import dev.sqlmem.settings.Settings;
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

    /** The texts that count. An empty variable counts as not set. */
    Settings settings() {
        Settings settings = Settings.DEFAULTS;
        for (Flag flag : Flag.values()) {
            settings = with(settings, flag);
        }
        return settings;
    }

    private Settings with(Settings settings, Flag flag) {
        String typed = flags.get(flag);
        if (typed != null) {
            return settings.with(flag, typed, "flag");
        }
        String exported = set(variables, flag);
        if (exported != null) {
            return settings.with(flag, exported, "environment");
        }
        String written = set(dotEnv, flag);
        if (written != null) {
            return settings.with(flag, written, ".env");
        }
        return settings;
    }

    private static @Nullable String set(Map<String, String> variables, Flag flag) {
        String text = variables.get(flag.variable());
        if (text == null || text.isBlank()) {
            return null;
        }
        return text.strip();
    }
}
