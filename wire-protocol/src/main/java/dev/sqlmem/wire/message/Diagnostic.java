package dev.sqlmem.wire.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An error or a notice: fields as the manual's section "Error and Notice Message Fields" lists them. */
public interface Diagnostic extends BackendMessage {

    /** All fields by their one-byte type, in wire order. */
    Map<Character, String> fields();

    /** ERROR, FATAL, PANIC, WARNING, NOTICE, DEBUG, INFO or LOG; localised only if the server sends nothing better. */
    default String severity() {
        return fields().getOrDefault('V', fields().getOrDefault('S', ""));
    }

    /** The five characters of the SQLSTATE; empty when missing. */
    default String sqlState() {
        return fields().getOrDefault('C', "");
    }

    /** The primary message; empty when missing. */
    default String message() {
        return fields().getOrDefault('M', "");
    }

    /** A suggestion what to do about it. */
    default @Nullable String hint() {
        return fields().get('H');
    }
}
