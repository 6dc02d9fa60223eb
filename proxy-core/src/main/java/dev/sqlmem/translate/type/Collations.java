package dev.sqlmem.translate.type;

import dev.sqlmem.catalog.TextOrder;
import org.jspecify.annotations.Nullable;

/** Which collation counts where values of several meet (manual, "Collation Support"). */
public final class Collations {
    /** That of what is made of values whose collations differ, so that the server could not compare it. */
    static final int NONE = -1;

    private Collations() {}

    /** The collation of what two terms make, or are compared by; null takes the other's. */
    static @Nullable public TextOrder common(@Nullable TextOrder left, @Nullable TextOrder right)
            throws NotTranslatable {
        if (left == null || right == null || left == right) {
            if (left == null) {
                return right;
            }
            return left;
        }
        throw new NotTranslatable("a comparison across collations");
    }

    /** The collation of what two terms make. */
    public static int common(int left, int right) {
        if (left == 0 || right == 0 || left == right) {
            if (left == 0) {
                return right;
            }
            return left;
        }
        return NONE;
    }
}
