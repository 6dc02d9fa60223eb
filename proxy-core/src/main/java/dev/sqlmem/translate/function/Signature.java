package dev.sqlmem.translate.function;

import dev.sqlmem.translate.type.Operand;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of a function, its arguments and its result.
 *
 * @param names all names; with the words between the arguments behind it where it is spelt so ({@code position in})
 * @param arguments the arguments in order
 * @param variadic whether the last may come several times
 * @param result the result's type
 */
record Signature(List<String> names, List<Argument> arguments, boolean variadic, String result) {
    private static final Pattern FORM = Pattern.compile("([^(]+) \\(([^)]*?)(\\.\\.\\.)?\\) (.+)");

    /** Reads {@code name, other name (type, type...) result}. */
    static Signature of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(text);
        }
        List<Argument> arguments = Arrays.stream(form.group(2).split(", "))
                .filter(label -> !label.isEmpty())
                .map(Argument::named)
                .toList();
        return new Signature(List.of(form.group(1).split(", ")), arguments, form.group(3) != null, form.group(4));
    }

    Argument argument(int index) {
        return arguments.get(Math.min(index, arguments.size() - 1));
    }

    /** Whether it can be called so; what types are right is said while the arguments are read. */
    boolean takes(List<Operand> operands) {
        int count = operands.size();
        if (count != arguments.size() && !(variadic && count > arguments.size())) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            if (!argument(i).takes(operands.get(i))) {
                return false;
            }
        }
        return true;
    }
}
