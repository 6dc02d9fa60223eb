package dev.sqlmem.contract;

import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The frames that answer one request, up to ReadyForQuery, read as a person would. */
record Reply(List<Frame> frames) {

    /** The rows as text. */
    List<List<String>> rows() {
        return FrameText.textRows(frames);
    }

    /** The first column of all rows. */
    List<String> column() {
        return rows().stream().map(row -> row.get(0)).toList();
    }

    /** The one value of the one row. */
    String value() {
        List<String> column = column();
        if (column.size() != 1) {
            throw new AssertionError("one row is expected, not: " + frames);
        }
        return column.get(0);
    }

    boolean failed() {
        return frames.stream().anyMatch(frame -> frame.is('E'));
    }

    /** The SQLSTATE of the first error, empty where all went well. */
    String sqlState() {
        return FrameText.sqlState(frames);
    }

    String message() {
        return error().getOrDefault('M', "");
    }

    String hint() {
        return error().getOrDefault('H', "");
    }

    private Map<Character, String> error() {
        return frames.stream()
                .filter(frame -> frame.is('E'))
                .findFirst()
                .map(FrameText::fields)
                .orElse(Map.of());
    }

    /** The tag of the last command that completed. */
    String tag() {
        return frames.stream()
                .filter(frame -> frame.is('C'))
                .map(frame -> FrameText.strings(frame.body()).get(0))
                .reduce("", (first, second) -> second);
    }

    /** The transaction status of the last ReadyForQuery: I, T or E. */
    char status() {
        Frame last = frames.get(frames.size() - 1);
        if (!last.is('Z')) {
            throw new AssertionError("ReadyForQuery is expected at the end of " + frames);
        }
        return new String(last.body(), StandardCharsets.US_ASCII).charAt(0);
    }
}
