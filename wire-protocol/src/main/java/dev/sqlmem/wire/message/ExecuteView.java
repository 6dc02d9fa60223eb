package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** An {@link Execute} frame read in place: nothing is copied but the portal's name. Reused from message to message. */
public final class ExecuteView {
    private String portal = "";
    private int maxRows;

    /** Reads a frame, which may be released then; ProtocolException where it is malformed. */
    public void read(ByteBuf execute) {
        int name = execute.readerIndex() + Frame.HEADER;
        int end = Frame.string(execute, name);
        ProtocolException.check(execute.writerIndex() - end == 1 + Integer.BYTES, "invalid message format");
        portal = WireString.at(execute, name, end - name);
        maxRows = execute.getInt(end + 1);
    }

    /** The portal's name, empty for the unnamed one. */
    public String portal() {
        return portal;
    }

    /** The row limit; 0 and below mean none. */
    public int maxRows() {
        return maxRows;
    }
}
