package dev.sqlmem.session.answer;

import dev.sqlmem.wire.message.Frame;
import dev.sqlmem.wire.message.ProtocolException;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Reads a Bind frame in place: nothing is copied but the names. Reused from message to message; valid as
 * long as the frame is.
 */
public final class BindView {
    private ByteBuf frame = io.netty.buffer.Unpooled.EMPTY_BUFFER;
    private String portal = "";
    private String statement = "";
    private int parameterFormatCount;
    private int parameterFormats;
    private int parameters;
    private int[] offsets = new int[16];
    private int[] lengths = new int[16];
    private int resultFormatCount;
    private int resultFormats;

    /** Points the view at a frame. */
    public void read(ByteBuf bind) {
        frame = bind;
        int at = bind.readerIndex() + Frame.HEADER;
        int end = bind.writerIndex();
        int nul = nul(at, end);
        portal = bind.toString(at, nul - at, StandardCharsets.UTF_8);
        at = nul + 1;
        nul = nul(at, end);
        statement = bind.toString(at, nul - at, StandardCharsets.UTF_8);
        at = nul + 1;
        parameterFormatCount = count(at, end);
        parameterFormats = at + 2;
        at = skip(at + 2, 2 * parameterFormatCount, end);
        parameters = count(at, end);
        at = values(at + 2, end);
        resultFormatCount = count(at, end);
        resultFormats = at + 2;
        if (skip(resultFormats, 2 * resultFormatCount, end) != end) {
            throw new ProtocolException("invalid message format");
        }
    }

    private int values(int from, int end) {
        int at = from;
        if (offsets.length < parameters) {
            offsets = new int[parameters];
            lengths = new int[parameters];
        }
        for (int i = 0; i < parameters; i++) {
            int body = skip(at, 4, end);
            int length = frame.getInt(at);
            if (length < -1) {
                throw new ProtocolException("invalid message format");
            }
            offsets[i] = body;
            lengths[i] = length;
            at = skip(body, Math.max(length, 0), end);
        }
        return at;
    }

    private int nul(int from, int end) {
        int at = frame.indexOf(from, end, (byte) 0);
        if (at < 0) {
            throw new ProtocolException("invalid string in message");
        }
        return at;
    }

    private int count(int at, int end) {
        skip(at, 2, end);
        return frame.getUnsignedShort(at);
    }

    private static int skip(int at, int length, int end) {
        if (length > end - at) {
            throw new ProtocolException("insufficient data left in message");
        }
        return at + length;
    }

    public String portal() {
        return portal;
    }

    public String statement() {
        return statement;
    }

    ByteBuf frame() {
        return frame;
    }

    public int parameters() {
        return parameters;
    }

    /** Whether the numbers of formats are ones that the server accepts for {@code columns} results. */
    public boolean hasValidFormats(int columns) {
        return (parameterFormatCount <= 1 || parameterFormatCount == parameters)
                && (resultFormatCount <= 1 || resultFormatCount == columns)
                && known(parameterFormats, parameterFormatCount)
                && known(resultFormats, resultFormatCount);
    }

    private boolean known(int at, int count) {
        for (int i = 0; i < count; i++) {
            int format = frame.getShort(at + 2 * i);
            if (format != 0 && format != 1) {
                return false;
            }
        }
        return true;
    }

    public boolean isNull(int parameter) {
        return lengths[parameter] < 0;
    }

    public int offset(int parameter) {
        return offsets[parameter];
    }

    public int length(int parameter) {
        return lengths[parameter];
    }

    public boolean isBinary(int parameter) {
        return parameterFormatCount != 0
                && frame.getShort(parameterFormats + (parameterFormatCount == 1 ? 0 : 2 * parameter)) == 1;
    }

    /** Returns which result columns are binary; null stands for none. */
    @SuppressWarnings("NullAway")
    public boolean @org.jspecify.annotations.Nullable [] binaryResults(int columns) {
        boolean any = false;
        boolean[] binary = new boolean[columns];
        for (int i = 0; i < columns && resultFormatCount > 0; i++) {
            binary[i] = frame.getShort(resultFormats + (resultFormatCount == 1 ? 0 : 2 * i)) == 1;
            any |= binary[i];
        }
        if (any) {
            return binary;
        }
        return null;
    }
}
