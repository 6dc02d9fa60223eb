package dev.sqlmem.translate.function;

import dev.sqlmem.translate.type.Constants;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Operand;
import dev.sqlmem.translate.type.Translation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The functions of a family, by name. Immutable. */
public final class FunctionTable {
    private final String otherArguments;
    private final List<FunctionRow> rows;
    private final Map<String, List<FunctionRow>> byName = new HashMap<>();

    /**
     * Creates a table.
     *
     * @param otherArguments the reason, after the name, where no row has that number of arguments
     * @param rows of those that fit, the first counts
     */
    FunctionTable(String otherArguments, FunctionRow... rows) {
        this.otherArguments = otherArguments;
        this.rows = List.of(rows);
        for (FunctionRow row : rows) {
            for (String name : row.signature().names()) {
                byName.computeIfAbsent(name, each -> new ArrayList<>()).add(row);
            }
        }
    }

    /** The same with one more. */
    FunctionTable with(FunctionRow row) {
        List<FunctionRow> more = new ArrayList<>(rows);
        more.add(row);
        return new FunctionTable(otherArguments, more.toArray(FunctionRow[]::new));
    }

    /** The rows in order. */
    List<FunctionRow> rows() {
        return rows;
    }

    /** Returns the result of a call; null where there is no function of that name. */
    @Nullable
    public Operand call(String name, List<Operand> operands, Translation out, Constants constants)
            throws NotTranslatable {
        List<FunctionRow> named = byName.get(name);
        if (named == null) {
            return null;
        }
        String function = name.split(" ", 2)[0];
        for (FunctionRow row : named) {
            if (row.signature().takes(operands)) {
                return row.code().of(new Call(function, row.signature(), operands, out, constants));
            }
        }
        throw new NotTranslatable("function " + function + otherArguments);
    }
}
