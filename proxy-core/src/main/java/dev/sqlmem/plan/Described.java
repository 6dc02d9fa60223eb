package dev.sqlmem.plan;

import dev.sqlmem.wire.message.RowDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the server describes a statement.
 *
 * @param fields the columns of its result, all formats text
 * @param parameterTypes the type OIDs of its parameters
 * @param noticed whether notices came along, which an answer would have to repeat
 * @param refusal the server's error message where it refuses the statement, else null
 */
public record Described(
        List<RowDescription.Field> fields,
        List<Integer> parameterTypes,
        boolean noticed,
        @Nullable String refusal) {

    public Described {
        fields = List.copyOf(fields);
        parameterTypes = List.copyOf(parameterTypes);
    }

    /** The answer of a server that refuses the statement. */
    public static Described refused(String message) {
        return new Described(List.of(), List.of(), false, message);
    }
}
