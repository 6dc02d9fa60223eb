package dev.sqlmem.oracle;

import dev.sqlmem.testing.Parameter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A place in a statement where a value stands: a literal, or a parameter where the protocol has
 * them. The same hole used twice is the same parameter.
 */
final class Hole {
    private final String literal;
    private final @Nullable SampleValue value;
    private final int declaredOid;
    private final boolean parameter;

    private Hole(String literal, @Nullable SampleValue value, int declaredOid, boolean parameter) {
        this.literal = literal;
        this.value = value;
        this.declaredOid = declaredOid;
        this.parameter = parameter;
    }

    static Hole literal(String literal) {
        return new Hole(literal, null, 0, false);
    }

    /** A parameter that a client without parameters writes as this literal. */
    static Hole parameter(String literal, SampleValue value, int declaredOid) {
        return new Hole(literal, value, declaredOid, true);
    }

    static Hole nullParameter(int declaredOid) {
        return new Hole("NULL", null, declaredOid, true);
    }

    String literal() {
        return literal;
    }

    boolean isParameter() {
        return parameter;
    }

    /** What to bind; in text where the binary form is not known. */
    Parameter bind(boolean binary) {
        if (value == null) {
            return new Parameter(declaredOid, binary ? Parameter.BINARY : Parameter.TEXT, null);
        }
        byte[] bytes = value.binary();
        return binary && bytes != null
                ? new Parameter(declaredOid, Parameter.BINARY, bytes)
                : new Parameter(declaredOid, Parameter.TEXT, value.text().getBytes(StandardCharsets.UTF_8));
    }
}
