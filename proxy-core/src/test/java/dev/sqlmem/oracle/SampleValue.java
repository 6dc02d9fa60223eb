package dev.sqlmem.oracle;

import org.jspecify.annotations.Nullable;

/** A value of a type as text input and, where the text is known to be valid, as the binary format. */
final class SampleValue {
    private final SampleType type;
    private final String text;
    private final byte @Nullable [] binary;

    SampleValue(SampleType type, String text, byte @Nullable [] binary) {
        this.type = type;
        this.text = text;
        this.binary = binary;
    }

    SampleType type() {
        return type;
    }

    String text() {
        return text;
    }

    byte @Nullable [] binary() {
        return binary;
    }

    /** A string literal, right for {@code standard_conforming_strings = on}. */
    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** The same as an escape string. */
    static String escaped(String text) {
        return "E'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n") + "'";
    }
}
