package dev.sqlmem.cli;

import org.jspecify.annotations.Nullable;

/**
 * One thing that {@code check} has looked at.
 *
 * @param subject what was looked at, one word or two
 * @param text what was found
 * @param fix what to do about it; null where nothing is to be done
 */
record Finding(
        Grade grade, String subject, String text, @Nullable String fix) {

    /** How it stands. */
    enum Grade {
        OK("ok"),
        /** The proxy runs, but does less than it could, or less safely. */
        LOOK("look"),
        /** The proxy does not start, or caches nothing. */
        FIX("FIX");

        private final String label;

        Grade(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    static Finding ok(String subject, String text) {
        return new Finding(Grade.OK, subject, text, null);
    }

    static Finding look(String subject, String text, String fix) {
        return new Finding(Grade.LOOK, subject, text, fix);
    }

    static Finding fix(String subject, String text, String fix) {
        return new Finding(Grade.FIX, subject, text, fix);
    }
}
