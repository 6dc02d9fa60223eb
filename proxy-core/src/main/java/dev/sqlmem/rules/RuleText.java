package dev.sqlmem.rules;

import dev.sqlmem.settings.TimeSpan;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a rule for a table.
 *
 * <pre>
 * rule    = name ":" item { "," item }
 * name    = [ [ database "." ] schema "." ] table
 * item    = "never" | "ttl=" duration | "ttl=manual" | "preload=" columns | "-" column
 * columns = "*" | column { "," column }
 * </pre>
 *
 * A plain name that follows {@code preload=} is one more column of it, up to the next item of another kind.
 * Names are folded to lower case like SQL's unless in double quotes, which also take away the meaning of
 * every other character: {@code "Odd:Name":-"never"}. Used once, by one thread.
 */
final class RuleText {
    private static final Pattern PLAIN_NAME = Pattern.compile("[^\\s\"'.,;:=*()-][^\\s\"'.,;:=*()]*");
    private static final String FORMS = "a rule is TABLE:never, TABLE:ttl=DURATION, TABLE:preload=COLUMN,COLUMN or"
            + " TABLE:-COLUMN, or several of these behind one colon, separated by commas";

    private final String text;
    private boolean never;
    private @Nullable Freshness freshness;
    private final List<String> preload = new ArrayList<>();
    private boolean preloadAll;
    private boolean inPreload;
    private final Set<String> excluded = new LinkedHashSet<>();

    RuleText(String text) {
        this.text = text.strip();
    }

    TableRule read() {
        List<String> halves = split(text, ':');
        if (halves.size() != 2 || halves.get(1).isBlank()) {
            throw mistake(halves.size() > 2 ? "there are several colons" : "there is nothing behind a colon");
        }
        List<String> names = split(halves.get(0), '.').stream().map(this::name).toList();
        if (names.size() > 3) {
            throw mistake("a table is named table, schema.table or database.schema.table");
        }
        split(halves.get(1), ',').forEach(item -> item(item.strip()));
        refuseContradictions();
        int last = names.size() - 1;
        return new TableRule(
                text,
                last > 1 ? names.get(last - 2) : null,
                last > 0 ? names.get(last - 1) : null,
                names.get(last),
                never,
                freshness,
                preload,
                preloadAll,
                excluded);
    }

    private void item(String item) {
        String word = item.toLowerCase(Locale.ROOT);
        if (word.equals("never")) {
            never = true;
            inPreload = false;
        } else if (item.startsWith("-")) {
            excluded.add(name(item.substring(1)));
            inPreload = false;
        } else if (word.startsWith("ttl=")) {
            timeToLive(word.substring("ttl=".length()).strip());
            inPreload = false;
        } else if (word.startsWith("preload=")) {
            inPreload = true;
            column(item.substring("preload=".length()).strip());
        } else if (inPreload) {
            column(item);
        } else {
            throw mistake("\"" + item + "\" is not understood");
        }
    }

    private void timeToLive(String duration) {
        if (freshness != null) {
            throw mistake("ttl is given twice");
        }
        if (duration.equals("manual")) {
            freshness = Freshness.MANUAL;
        } else {
            freshness = atLeastSomething(duration);
        }
    }

    private Freshness atLeastSomething(String duration) {
        var timeToLive = TimeSpan.parse(duration, ChronoUnit.SECONDS);
        if (timeToLive.isZero()) {
            throw mistake("a ttl of nothing would load the table all the time; say never to keep it out of the cache");
        }
        return Freshness.ttl(timeToLive);
    }

    private void column(String column) {
        if (column.equals("*")) {
            preloadAll = true;
        } else {
            preload.add(name(column));
        }
    }

    private void refuseContradictions() {
        if (never && (freshness != null || preloadAll || !preload.isEmpty() || !excluded.isEmpty())) {
            throw mistake("never goes with nothing else");
        }
        for (String column : preload) {
            if (excluded.contains(column)) {
                throw mistake("column " + column + " is to be loaded and to be left out");
            }
        }
    }

    private String name(String written) {
        String name = written.strip();
        if (name.length() > 2 && name.startsWith("\"") && name.endsWith("\"")) {
            return name.substring(1, name.length() - 1).replace("\"\"", "\"");
        }
        if (!PLAIN_NAME.matcher(name).matches()) {
            throw mistake("\"" + name + "\" is no name; put odd ones in double quotes");
        }
        return name.toLowerCase(Locale.ROOT);
    }

    /** Splits at a character, but not within double quotes. */
    static List<String> split(String text, char at) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (c == at && !quoted) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    private IllegalArgumentException mistake(String problem) {
        return new IllegalArgumentException(
                "the table rule " + text + " cannot be used: " + problem + " (" + FORMS + ")");
    }
}
