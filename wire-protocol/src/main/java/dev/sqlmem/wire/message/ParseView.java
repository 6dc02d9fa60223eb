package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;

/**
 * A {@link Parse} frame read in place: nothing is copied that isn't asked for. Reused from message to message;
 * valid as long as the frame is, of which it holds no reference.
 */
public final class ParseView {
    private ByteBuf frame = Unpooled.EMPTY_BUFFER;
    private int nameEnd;
    private int queryEnd;

    /** Points the view at a frame; ProtocolException where that is malformed. */
    public void read(ByteBuf parse) {
        frame = parse;
        nameEnd = Frame.string(parse, nameIndex());
        queryEnd = Frame.string(parse, queryIndex());
        int types = queryEnd + 1;
        int room = parse.writerIndex() - types;
        ProtocolException.check(
                room >= Short.BYTES && room == Short.BYTES + Integer.BYTES * parse.getUnsignedShort(types),
                "invalid message format");
    }

    private int nameIndex() {
        return frame.readerIndex() + Frame.HEADER;
    }

    /** Whether it is about the unnamed statement. */
    public boolean isUnnamed() {
        return nameEnd == nameIndex();
    }

    /** The statement's name, empty for the unnamed one. */
    public String name() {
        return WireString.at(frame, nameIndex(), nameEnd - nameIndex());
    }

    /** Where in the frame the text begins. */
    public int queryIndex() {
        return nameEnd + 1;
    }

    /** How many bytes the text has. */
    public int queryLength() {
        return queryEnd - queryIndex();
    }

    /** The text. */
    public String query() {
        return WireString.at(frame, queryIndex(), queryLength());
    }

    /** The OIDs (unsigned) of the first parameters' types; 0 leaves a type to the server. */
    public List<Integer> parameterTypes() {
        int at = queryEnd + 1;
        int count = frame.getUnsignedShort(at);
        if (count == 0) {
            return List.of();
        }
        Integer[] types = new Integer[count];
        for (int i = 0; i < count; i++) {
            types[i] = frame.getInt(at + Short.BYTES + Integer.BYTES * i);
        }
        return List.of(types);
    }
}
