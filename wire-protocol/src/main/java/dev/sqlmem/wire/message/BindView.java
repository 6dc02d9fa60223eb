package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Bind} frame read in place: nothing is copied but the names. Reused from message to message; valid
 * as long as the frame is, of which it holds no reference.
 */
public final class BindView {
    private ByteBuf frame = Unpooled.EMPTY_BUFFER;
    private String portal = "";
    private String statement = "";
    private int parameterFormatCount;
    private int parameterFormats;
    private int parameters;
    private int[] offsets = new int[16];
    private int[] lengths = new int[16];
    private int resultFormatCount;
    private int resultFormats;

    /** Points the view at a frame; ProtocolException where that is malformed. */
    public void read(ByteBuf bind) {
        frame = bind;
        int at = bind.readerIndex() + Frame.HEADER;
        int end = bind.writerIndex();
        int nul = Frame.string(bind, at);
        portal = WireString.at(bind, at, nul - at);
        at = nul + 1;
        nul = Frame.string(bind, at);
        statement = WireString.at(bind, at, nul - at);
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

    /** The portal's name, empty for the unnamed one. */
    public String portal() {
        return portal;
    }

    /** The statement's name, empty for the unnamed one. */
    public String statement() {
        return statement;
    }

    /** The frame that it reads. */
    public ByteBuf frame() {
        return frame;
    }

    /** How many values it gives. */
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

    /** Where in the frame a value begins. */
    public int offset(int parameter) {
        return offsets[parameter];
    }

    /** How many bytes a value has; -1 for NULL. */
    public int length(int parameter) {
        return lengths[parameter];
    }

    public boolean isBinary(int parameter) {
        return parameterFormatCount != 0 && format(parameterFormats, parameterFormatCount, parameter) == 1;
    }

    private int format(int at, int count, int index) {
        if (count == 1) {
            return frame.getShort(at);
        }
        return frame.getShort(at + 2 * index);
    }

    /** Returns which result columns are binary; null stands for none. */
    @SuppressWarnings("NullAway")
    public boolean @Nullable [] binaryResults(int columns) {
        boolean any = false;
        boolean[] binary = new boolean[columns];
        for (int i = 0; i < columns && resultFormatCount > 0; i++) {
            binary[i] = format(resultFormats, resultFormatCount, i) == 1;
            any |= binary[i];
        }
        if (any) {
            return binary;
        }
        return null;
    }
}
