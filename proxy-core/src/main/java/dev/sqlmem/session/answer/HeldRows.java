package dev.sqlmem.session.answer;

import io.netty.buffer.ByteBuf;

/**
 * The rows of an answer that was made to its end before any of them is sent, since a later one might have
 * shown that the upstream must answer. Owns its buffer. Used by one thread at a time.
 */
final class HeldRows implements AutoCloseable {
    private final ByteBuf frames;

    /** Takes over DataRow frames. */
    HeldRows(ByteBuf frames) {
        this.frames = frames;
    }

    /** Moves the next rows, at most {@code limit} of them where that is positive; returns how many. */
    long take(long limit, ByteBuf out) {
        long rows = 0;
        int from = frames.readerIndex();
        int to = from;
        while (to < frames.writerIndex() && (limit <= 0 || rows < limit)) {
            to += 1 + frames.getInt(to + 1);
            rows++;
        }
        out.writeBytes(frames, to - from);
        return rows;
    }

    @Override
    public void close() {
        frames.release();
    }
}
