package dev.sqlmem.translate.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the tables of functions hold, for the documents. */
public final class KnownFunctions {
    public static final List<FunctionTable> TABLES =
            List.of(StringFunctions.TABLE, NumberFunctions.TABLE, DateFunctions.TABLE);

    /**
     * A row.
     *
     * @param names the function's names
     * @param signature the types of its arguments and its result
     * @param sqlite SQLite's text, with {@code $1} for the first argument; empty where code writes it
     */
    public record Known(List<String> names, String signature, String sqlite) {}

    private KnownFunctions() {}

    /** All rows, family by family. */
    public static List<Known> rows() {
        List<Known> known = new ArrayList<>();
        for (FunctionTable table : TABLES) {
            table.rows().forEach(row -> known.add(known(row)));
        }
        return known;
    }

    private static Known known(FunctionRow row) {
        Signature signature = row.signature();
        List<String> arguments = new ArrayList<>();
        signature.arguments().forEach(each -> arguments.add(each.name().toLowerCase(Locale.ROOT)));
        String list = String.join(", ", arguments);
        if (signature.variadic()) {
            list += "...";
        }
        return new Known(signature.names(), "(" + list + ") " + signature.result(), row.sqlite());
    }
}
