package dev.sqlmem.settings;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has been said of the settings, as texts; where nothing has, {@link Flag}'s default counts. Immutable.
 * {@link SettingsReader} makes values of it.
 */
public final class Settings {
    /** Nothing has been said. */
    public static final Settings DEFAULTS = new Settings(Map.of());

    private final Map<Flag, Said> said;

    private Settings(Map<Flag, Said> said) {
        this.said = said;
    }

    /**
     * The same with one more.
     *
     * @param source who says so: {@code flag}, {@code environment}, {@code .env}, {@code library} or {@code demo}
     */
    public Settings with(Flag flag, String text, String source) {
        Map<Flag, Said> more = new EnumMap<>(Flag.class);
        more.putAll(said);
        more.put(flag, new Said(text, source));
        return new Settings(more);
    }

    /** What was said of it; null: nothing. */
    @Nullable
    Said of(Flag flag) {
        return said.get(flag);
    }

    /** The names of what has been said: the texts may hold passwords. */
    @Override
    public String toString() {
        return said.keySet().toString();
    }

    /** A text and who said it. */
    record Said(String text, String source) {
        /** A mistake in the text, told with the place where it can be mended. */
        ConfigurationException mistake(Flag flag, String problem) {
            String where = switch (source) {
                case "environment", ".env" -> flag.variable() + " (" + source + ")";
                default -> flag.option();
            };
            return new ConfigurationException(where + ": " + problem);
        }
    }
}
