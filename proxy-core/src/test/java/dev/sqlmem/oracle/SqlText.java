package dev.sqlmem.oracle;

import java.util.ArrayList;
import java.util.List;

/** A statement, or a part of one, with holes for values. Grows at its end; used by one thread. */
final class SqlText {
    private final List<Object> parts = new ArrayList<>();

    static SqlText of(String sql) {
        return new SqlText().add(sql);
    }

    SqlText add(String sql) {
        parts.add(sql);
        return this;
    }

    SqlText add(Hole hole) {
        parts.add(hole);
        return this;
    }

    SqlText add(SqlText other) {
        parts.addAll(other.parts);
        return this;
    }

    static SqlText join(String separator, List<SqlText> texts) {
        SqlText joined = new SqlText();
        for (int i = 0; i < texts.size(); i++) {
            joined.add(i == 0 ? "" : separator).add(texts.get(i));
        }
        return joined;
    }

    /** The text with a literal in every hole. */
    String withLiterals() {
        StringBuilder sql = new StringBuilder();
        for (Object part : parts) {
            sql.append(part instanceof Hole hole ? hole.literal() : part);
        }
        return sql.toString();
    }

    /** The text with {@code $n} where a hole asks for a parameter. */
    String withParameters() {
        List<Hole> parameters = parameters();
        StringBuilder sql = new StringBuilder();
        for (Object part : parts) {
            if (part instanceof Hole hole) {
                sql.append(hole.isParameter() ? "$" + (1 + parameters.indexOf(hole)) : hole.literal());
            } else {
                sql.append(part);
            }
        }
        return sql.toString();
    }

    /** The holes of {@code $1}, {@code $2} and so on. */
    List<Hole> parameters() {
        return parts.stream()
                .filter(Hole.class::isInstance)
                .map(Hole.class::cast)
                .filter(Hole::isParameter)
                .distinct()
                .toList();
    }
}
