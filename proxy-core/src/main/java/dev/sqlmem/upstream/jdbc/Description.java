package dev.sqlmem.upstream.jdbc;

import java.util.List;

/**
 * The upstream's answer to Parse and Describe of a statement.
 *
 * @param fields the columns of its result; empty also where it has none
 * @param parameterTypes the resolved OIDs of {@code $1}, {@code $2} ...
 * @param noticed whether notices came along, which an answer would have to repeat
 */
public record Description(List<FieldDescription> fields, List<Integer> parameterTypes, boolean noticed) {

    public Description {
        fields = List.copyOf(fields);
        parameterTypes = List.copyOf(parameterTypes);
    }
}
