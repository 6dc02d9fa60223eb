package dev.sqlmem.testing;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says where two servers' answers to the same messages differ.
 *
 * <p>Frames are compared one by one and byte by byte, with these exceptions: rows that a statement
 * does not order, by {@link RowOrder}; rows that an error follows, whose number the plan decides; errors and
 * notices, by {@link ErrorMatch}; the process numbers in BackendKeyData and NotificationResponse, which are
 * nobody's business.
 */
public final class FrameCompare {
    private static final int HEX_SHOWN = 160;

    /** Which fields of errors and notices have to be the same. */
    public enum ErrorMatch {
        /** Severity and SQLSTATE. */
        SQLSTATE("SVC"),
        /** All that a user sees: also message, detail, hint and position. */
        MESSAGE("SVCMDHPpqWstcdn"),
        /** Also file, line and routine of the server. */
        WHOLE("SVCMDHPpqWstcdnFLR");

        private final String fields;

        ErrorMatch(String fields) {
            this.fields = fields;
        }
    }

    private final RowOrder order;
    private final ErrorMatch errors;

    public FrameCompare(RowOrder order, ErrorMatch errors) {
        this.order = order;
        this.errors = errors;
    }

    /** The first difference, in words, or nothing. */
    public Optional<String> difference(List<Frame> directly, List<Frame> throughProxy) {
        List<Frame> direct = withoutLostRows(directly);
        List<Frame> proxied = withoutLostRows(throughProxy);
        int i = 0;
        while (i < direct.size() && i < proxied.size()) {
            if (direct.get(i).is('D') && proxied.get(i).is('D')) {
                int directEnd = endOfRows(direct, i);
                int proxiedEnd = endOfRows(proxied, i);
                Optional<String> rows = rowDifference(direct.subList(i, directEnd), proxied.subList(i, proxiedEnd), i);
                if (rows.isPresent()) {
                    return rows;
                }
                i = directEnd; // as many on both sides
            } else if (same(direct.get(i), proxied.get(i))) {
                i++;
            } else {
                return Optional.of(report("frame " + i, List.of(direct.get(i)), List.of(proxied.get(i))));
            }
        }
        return direct.size() == proxied.size()
                ? Optional.empty()
                : Optional.of(report("one side ends after frame " + i, rest(direct, i), rest(proxied, i)));
    }

    /** Leaves out rows that an error follows. */
    private static List<Frame> withoutLostRows(List<Frame> frames) {
        List<Frame> kept = new ArrayList<>();
        for (Frame frame : frames) {
            while (frame.is('E') && !kept.isEmpty() && kept.get(kept.size() - 1).is('D')) {
                kept.remove(kept.size() - 1);
            }
            kept.add(frame);
        }
        return kept;
    }

    private boolean same(Frame direct, Frame proxied) {
        if (direct.tag() != proxied.tag()) {
            return false;
        }
        return switch (direct.tag()) {
            case 'E', 'N' -> shown(direct).equals(shown(proxied));
            case 'A' -> Arrays.equals(afterPid(direct), afterPid(proxied));
            case 'K' -> true;
            default -> direct.equals(proxied);
        };
    }

    private Map<Character, String> shown(Frame error) {
        Map<Character, String> fields = FrameText.fields(error);
        fields.keySet().removeIf(code -> errors.fields.indexOf(code) < 0);
        return fields;
    }

    private static byte[] afterPid(Frame notification) {
        return Arrays.copyOfRange(notification.body(), 4, notification.body().length);
    }

    private Optional<String> rowDifference(List<Frame> direct, List<Frame> proxied, int at) {
        if (order instanceof RowOrder.Total) {
            return firstDifference("row", direct, proxied, at);
        }
        Optional<String> rows = firstDifference("row, both sides sorted,", sorted(direct), sorted(proxied), at);
        if (rows.isEmpty() && order instanceof RowOrder.ByKeys keys) {
            return firstDifference(
                    "sort keys of row", project(direct, keys.columns()), project(proxied, keys.columns()), at);
        }
        return rows;
    }

    private static Optional<String> firstDifference(String what, List<Frame> direct, List<Frame> proxied, int at) {
        int shorter = Math.min(direct.size(), proxied.size());
        for (int i = 0; i < shorter; i++) {
            if (!direct.get(i).equals(proxied.get(i))) {
                return Optional.of(
                        report(what + " " + i + " from frame " + at, List.of(direct.get(i)), List.of(proxied.get(i))));
            }
        }
        return direct.size() == proxied.size()
                ? Optional.empty()
                : Optional.of(report(
                        direct.size() + " rows direct, " + proxied.size() + " proxied; the first surplus one",
                        rest(direct, shorter),
                        rest(proxied, shorter)));
    }

    private static List<Frame> sorted(List<Frame> rows) {
        List<Frame> sorted = new ArrayList<>(rows);
        sorted.sort((a, b) -> Arrays.compareUnsigned(a.body(), b.body()));
        return sorted;
    }

    private static List<Frame> project(List<Frame> rows, List<Integer> columns) {
        return rows.stream().map(row -> project(row, Set.copyOf(columns))).toList();
    }

    private static Frame project(Frame row, Set<Integer> columns) {
        ByteBuffer body = ByteBuffer.wrap(row.body());
        FrameBody kept = new FrameBody().int16(columns.size());
        int count = body.getShort();
        for (int i = 0; i < count; i++) {
            int length = body.getInt();
            byte[] value = new byte[Math.max(length, 0)];
            body.get(value);
            if (columns.contains(i)) {
                kept.int32(length).bytes(value);
            }
        }
        return kept.as('D');
    }

    private static int endOfRows(List<Frame> frames, int start) {
        int end = start;
        while (end < frames.size() && frames.get(end).is('D')) {
            end++;
        }
        return end;
    }

    private static List<Frame> rest(List<Frame> frames, int from) {
        return frames.subList(from, Math.min(frames.size(), from + 3));
    }

    private static String report(String where, List<Frame> direct, List<Frame> proxied) {
        return where + "\n" + side("direct ", direct) + side("proxied", proxied);
    }

    private static String side(String name, List<Frame> frames) {
        StringBuilder text = new StringBuilder();
        for (Frame frame : frames) {
            String hex = HexFormat.of().formatHex(frame.body());
            text.append("  %s: %s%n           %s %s%n"
                    .formatted(
                            name,
                            frame,
                            frame.tag(),
                            hex.length() > HEX_SHOWN ? hex.substring(0, HEX_SHOWN) + "…" : hex));
        }
        return frames.isEmpty() ? "  " + name + ": nothing\n" : text.toString();
    }
}
