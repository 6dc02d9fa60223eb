package dev.sqlmem.translate.function;

import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQLite's text for a row of a table of functions: {@code $1}, {@code $2} … stand for the arguments, {@code $*} for
 * all of them, and {@code $fail} for what ends the statement, so that it goes upstream. Immutable.
 */
final class Template {
    private static final Pattern PLACE = Pattern.compile("\\$(\\d|\\*|fail)");

    /** What the text is made of: a text, {@link Sql#FAILURE}, the number of an argument from 1, or 0 for all. */
    private final List<Object> parts;

    private Template(List<Object> parts) {
        this.parts = parts;
    }

    static Template of(String text) {
        List<Object> parts = new ArrayList<>();
        Matcher place = PLACE.matcher(text);
        int end = 0;
        while (place.find()) {
            parts.add(text.substring(end, place.start()));
            parts.add(
                    switch (place.group(1)) {
                        case "fail" -> Sql.FAILURE;
                        case "*" -> 0;
                        default -> Integer.valueOf(place.group(1));
                    });
            end = place.end();
        }
        parts.add(text.substring(end));
        return new Template(List.copyOf(parts));
    }

    /** The text with these arguments. */
    Sql with(Term... arguments) {
        List<Sql> pieces = new ArrayList<>();
        for (Term argument : arguments) {
            pieces.add(argument.sql());
        }
        return with(pieces);
    }

    Sql with(List<Sql> arguments) {
        List<Object> filled = new ArrayList<>();
        for (Object part : parts) {
            if (!(part instanceof Integer number)) {
                filled.add(part);
            } else if (number == 0) {
                filled.add(Sql.join(", ", arguments));
            } else {
                filled.add(arguments.get(number - 1));
            }
        }
        return Sql.of(filled.toArray());
    }
}
