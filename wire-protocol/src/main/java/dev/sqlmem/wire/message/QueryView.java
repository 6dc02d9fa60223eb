package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** Where things are in a Query frame: a simple query, of any number of statements. */
public final class QueryView {
    private QueryView() {}

    /** Whether the body is one terminated string, as it has to be; the other methods ask for that. */
    public static boolean isWellFormed(ByteBuf query) {
        int last = query.writerIndex() - 1;
        return last >= index(query) && query.indexOf(index(query), last + 1, (byte) 0) == last;
    }

    /** Where in the frame the text begins. */
    public static int index(ByteBuf query) {
        return query.readerIndex() + Frame.HEADER;
    }

    /** How many bytes the text has. */
    public static int length(ByteBuf query) {
        return query.readableBytes() - Frame.HEADER - 1;
    }

    /** The text. */
    public static String text(ByteBuf query) {
        return WireString.at(query, index(query), length(query));
    }
}
