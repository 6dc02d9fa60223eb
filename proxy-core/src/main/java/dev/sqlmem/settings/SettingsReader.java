package dev.sqlmem.settings;

import dev.sqlmem.settings.Settings.Said;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes values of {@link Settings}: the one place where defaults are filled in. It notes what it has read, which is what
 * {@code sqlmem.settings} shows. Every method throws {@link ConfigurationException} where a text is malformed. Used
 * once, by one thread.
 */
public final class SettingsReader {
    private final Settings settings;
    private final Map<Flag, Setting> rows = new EnumMap<>(Flag.class);

    /** Reads what has been said. */
    public SettingsReader(Settings settings) {
        this.settings = settings;
    }

    /** A setting whose default is written as a person would write it. */
    public <T extends @Nullable Object> T read(Flag flag, Function<String, T> parser) {
        String text = flag.defaultText();
        if (text == null) {
            throw new IllegalStateException(flag + " has no default");
        }
        Said said = settings.of(flag);
        if (said == null) {
            note(flag, text, "default");
            return parser.apply(text);
        }
        return read(flag, said, parser);
    }

    /** A setting whose default depends on the machine or on another setting. */
    public <T> T read(Flag flag, Function<String, T> parser, T fallback) {
        Said said = settings.of(flag);
        if (said == null) {
            note(flag, fallback.toString(), "default");
            return fallback;
        }
        return read(flag, said, parser);
    }

    /** A setting without a default; null where nothing was said of it. */
    public <T> @Nullable T readIfSaid(Flag flag, Function<String, T> parser) {
        Said said = settings.of(flag);
        if (said == null) {
            note(flag, "", "default");
            return null;
        }
        return read(flag, said, parser);
    }

    /** A setting whose text may hold a password: it is shown as its value writes itself. Null where nothing was said. */
    public <T> @Nullable T readSecret(Flag flag, Function<String, T> parser) {
        T value = readIfSaid(flag, parser);
        Said said = settings.of(flag);
        if (value != null && said != null) {
            note(flag, value.toString(), said.source());
        }
        return value;
    }

    /** A mistake in a value that could be read. */
    public ConfigurationException mistake(Flag flag, String problem) {
        Said said = settings.of(flag);
        if (said == null) {
            return new ConfigurationException(flag.option() + ": " + problem);
        }
        return said.mistake(flag, problem);
    }

    /** What has been read, in the order of {@link Flag}. */
    public List<Setting> rows() {
        return List.copyOf(rows.values());
    }

    private <T extends @Nullable Object> T read(Flag flag, Said said, Function<String, T> parser) {
        note(flag, said.text(), said.source());
        try {
            return parser.apply(said.text());
        } catch (IllegalArgumentException malformed) {
            throw said.mistake(flag, String.valueOf(malformed.getMessage()));
        }
    }

    private void note(Flag flag, String value, String source) {
        rows.put(flag, new Setting(flag.label(), value, source));
    }
}
