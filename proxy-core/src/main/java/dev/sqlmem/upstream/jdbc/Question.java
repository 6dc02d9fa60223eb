package dev.sqlmem.upstream.jdbc;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A statement as a client has asked it.
 *
 * @param searchPath the path that its names are resolved by
 * @param settings what of the client's session shapes its answer
 * @param sql the text, with {@code $1}, {@code $2} ...
 * @param declared the parameter types that the client gave, 0 for none; may be short
 * @param values the parameters
 */
public record Question(
        String searchPath, Map<String, String> settings, String sql, List<Integer> declared, List<Value> values) {

    public Question {
        settings = Map.copyOf(settings);
        declared = List.copyOf(declared);
        values = List.copyOf(values);
    }

    /**
     * A parameter as it came.
     *
     * @param binary whether it is in binary format
     * @param bytes its bytes, null for SQL null; not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Value(boolean binary, byte @Nullable [] bytes) {}
}
