package dev.sqlmem.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes the server's messages readable, for reports and for picking values out of answers. */
public final class FrameText {
    private static final int LONGEST_VALUE = 200;
    private static final Map<Character, String> NAMES = Map.ofEntries(
            Map.entry('1', "ParseComplete"),
            Map.entry('2', "BindComplete"),
            Map.entry('3', "CloseComplete"),
            Map.entry('A', "NotificationResponse"),
            Map.entry('C', "CommandComplete"),
            Map.entry('D', "DataRow"),
            Map.entry('E', "ErrorResponse"),
            Map.entry('G', "CopyInResponse"),
            Map.entry('H', "CopyOutResponse"),
            Map.entry('I', "EmptyQueryResponse"),
            Map.entry('K', "BackendKeyData"),
            Map.entry('N', "NoticeResponse"),
            Map.entry('R', "Authentication"),
            Map.entry('S', "ParameterStatus"),
            Map.entry('T', "RowDescription"),
            Map.entry('V', "FunctionCallResponse"),
            Map.entry('W', "CopyBothResponse"),
            Map.entry('Z', "ReadyForQuery"),
            Map.entry('c', "CopyDone"),
            Map.entry('d', "CopyData"),
            Map.entry('n', "NoData"),
            Map.entry('s', "PortalSuspended"),
            Map.entry('t', "ParameterDescription"),
            Map.entry('v', "NegotiateProtocolVersion"));

    private FrameText() {}

    /** Name and content of one message, never longer than a few lines. */
    public static String describe(Frame frame) {
        if (frame.isEnd()) {
            return "(connection closed)";
        }
        String name = NAMES.getOrDefault(frame.tag(), "message '" + frame.tag() + "'");
        try {
            return name + " " + content(frame);
        } catch (RuntimeException malformed) {
            return name + " (malformed) " + printable(frame.body(), LONGEST_VALUE);
        }
    }

    private static String content(Frame frame) {
        return switch (frame.tag()) {
            case 'T' -> String.join(", ", columns(frame));
            case 'D' ->
                cells(frame).stream()
                        .map(cell -> cell.length == 0 ? "''" : cell == NULL ? "NULL" : printable(cell, LONGEST_VALUE))
                        .collect(Collectors.joining(" | "));
            case 'E', 'N' -> new TreeMap<>(fields(frame)).toString();
            case 't' -> parameterTypes(frame).toString();
            default -> printable(frame.body(), LONGEST_VALUE);
        };
    }

    /** Stands for a null in {@link #cells}; told by identity. */
    @SuppressWarnings("MutablePublicArray")
    public static final byte[] NULL = new byte[] {0};

    /** The values of a DataRow. */
    public static List<byte[]> cells(Frame dataRow) {
        ByteBuffer body = ByteBuffer.wrap(dataRow.body());
        int count = body.getShort();
        List<byte[]> cells = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = body.getInt();
            byte[] cell = length < 0 ? NULL : new byte[length];
            if (length > 0) {
                body.get(cell);
            }
            cells.add(cell);
        }
        return cells;
    }

    /** The rows of an answer as text, nulls as the text NULL. */
    public static List<List<String>> textRows(List<Frame> answer) {
        return answer.stream()
                .filter(frame -> frame.is('D'))
                .map(frame -> cells(frame).stream()
                        .map(cell -> cell == NULL ? "NULL" : new String(cell, StandardCharsets.UTF_8))
                        .toList())
                .toList();
    }

    /** The fields of an ErrorResponse or NoticeResponse by their code. */
    public static Map<Character, String> fields(Frame error) {
        Map<Character, String> fields = new TreeMap<>();
        for (String field : strings(error.body())) {
            if (!field.isEmpty()) {
                fields.put(field.charAt(0), field.substring(1));
            }
        }
        return fields;
    }

    /** The SQLSTATE of the first ErrorResponse, or an empty string. */
    public static String sqlState(List<Frame> answer) {
        return answer.stream()
                .filter(frame -> frame.is('E'))
                .findFirst()
                .map(error -> Objects.requireNonNullElse(fields(error).get('C'), ""))
                .orElse("");
    }

    /** The zero-terminated strings that make up a body. */
    public static List<String> strings(byte[] body) {
        List<String> strings = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < body.length; i++) {
            if (body[i] == 0) {
                strings.add(new String(body, start, i - start, StandardCharsets.UTF_8));
                start = i + 1;
            }
        }
        return strings;
    }

    private static List<String> columns(Frame description) {
        ByteBuffer body = ByteBuffer.wrap(description.body());
        int count = body.getShort();
        List<String> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int start = body.position();
            while (body.get() != 0) {} // to the end of the name
            String name = new String(body.array(), start, body.position() - 1 - start, StandardCharsets.UTF_8);
            columns.add("%s(table %d.%d type %d len %d mod %d format %d)"
                    .formatted(
                            name,
                            body.getInt(),
                            body.getShort(),
                            body.getInt(),
                            body.getShort(),
                            body.getInt(),
                            body.getShort()));
        }
        return columns;
    }

    private static List<Integer> parameterTypes(Frame description) {
        ByteBuffer body = ByteBuffer.wrap(description.body());
        int count = body.getShort();
        List<Integer> types = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            types.add(body.getInt());
        }
        return types;
    }

    /** Bytes as text where they are printable ASCII, as hex escapes elsewhere, cut at a length. */
    public static String printable(byte[] bytes, int longest) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length && text.length() < longest; i++) {
            int unsigned = bytes[i] & 0xff;
            if (unsigned >= 0x20 && unsigned < 0x7f && unsigned != '\\') {
                text.append((char) unsigned);
            } else {
                text.append("\\x").append("%02x".formatted(unsigned));
            }
        }
        return bytes.length > longest ? text + "… (" + bytes.length + " bytes)" : text.toString();
    }
}
