package dev.sqlmem.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Java does not say of the terminal that a process may have. */
final class Terminal {
    static final int STDOUT = 1;
    static final int STDERR = 2;

    /** To the first column, and the line's rest erased. */
    static final String LINE_START = "\r\033[K";

    static final String WRAP_OFF = "\033[?7l";
    static final String WRAP_ON = "\033[?7h";

    private static final Path CONTROLLING = Path.of("/dev/tty");

    private Terminal() {}

    /** Whether a person sees what is written to this descriptor. Where that cannot be known, nobody does. */
    @SuppressWarnings("SystemConsoleNull") // asked of older versions only
    static boolean isTerminal(int descriptor) {
        try {
            String target = Path.of("/proc/self/fd/" + descriptor).toRealPath().toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException unknown) {
            // A system without /proc. JDK 22 and later have a console even without a terminal.
            return Runtime.version().feature() < 22 && System.console() != null;
        }
    }

    /** How many lines the terminal shows now; as many as one likes where that cannot be known. */
    static int lines() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(CONTROLLING.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            int lines;
            if (size.matches("\\d{1,5} .*\\R?")) {
                lines = Integer.parseInt(size.substring(0, size.indexOf(' ')));
            } else {
                lines = 0;
            }
            if (lines == 0) {
                return Integer.MAX_VALUE;
            }
            return lines;
        } catch (IOException unknown) {
            return Integer.MAX_VALUE;
        }
    }

    /** Whether the process belongs to a terminal that is still there. */
    static boolean isAttached() {
        try {
            Files.newInputStream(CONTROLLING).close();
            return true;
        } catch (IOException none) {
            return false;
        }
    }
}
