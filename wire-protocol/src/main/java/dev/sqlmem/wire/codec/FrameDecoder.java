package dev.sqlmem.wire.codec;

import dev.sqlmem.wire.message.Frame;
import dev.sqlmem.wire.message.ProtocolException;
import dev.sqlmem.wire.message.Tag;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts the byte stream after the start-up packet into frames: tag, four bytes of length, body.
 *
 * <p>What it emits, in the order received; the receiver releases each:
 *
 * <ul>
 *   <li>{@link ByteBuf}: one whole frame from its tag on.
 *   <li>{@link FrameRun}: from a server, every DataRow and CopyData up to {@link #CHUNK_THRESHOLD}, with the
 *       frames of the same tag that arrived right behind it.
 *   <li>{@link FrameChunk}: the pieces, as they come, of a larger CopyData or of a server's larger DataRow.
 * </ul>
 *
 * <p>Lengths are judged by PostgreSQL's own limits as soon as they are seen; memory grows with the bytes
 * that have really arrived, not with the length announced. After a {@link ProtocolException} the rest of
 * the stream is thrown away: there is no way back into step. One instance per connection, on its event
 * loop.
 */
public final class FrameDecoder extends ByteToMessageDecoder {
    /** Frames with more bytes than this, tag included, pass in chunks if their tag allows it. */
    public static final int CHUNK_THRESHOLD = 64 * 1024;

    private static final int MIN_LENGTH = 4;
    private static final int GROW_ABOVE = 1024 * 1024;

    private final boolean frontend;
    private int maxLarge;
    private int chunkRemaining;
    private byte chunkTag;
    private boolean failed;

    private FrameDecoder(boolean frontend, int maxLarge) {
        this.frontend = frontend;
        maxLarge(maxLarge);
        setCumulator(FrameDecoder::cumulate);
    }

    /** A decoder of what a client sends; {@code maxLarge} as in {@link #maxLarge}. */
    public static FrameDecoder frontend(int maxLarge) {
        return new FrameDecoder(true, maxLarge);
    }

    /** A decoder of what a server sends; {@code maxLarge} as in {@link #maxLarge}. */
    public static FrameDecoder backend(int maxLarge) {
        return new FrameDecoder(false, maxLarge);
    }

    /**
     * Sets the largest length word accepted of any frame not yet begun, in bytes. PostgreSQL's limit of a
     * gibibyte less two bytes and its smaller limits for small messages hold as well. To be raised, for
     * instance, once the client is known.
     */
    public void maxLarge(int bytes) {
        if (bytes < MIN_LENGTH) {
            throw new IllegalArgumentException("limit of " + bytes + " bytes");
        }
        maxLarge = Math.min(bytes, FrameLimits.LARGE);
    }

    /**
     * Joins the beginning of a frame with the next read, and leaves the frames before it behind. The
     * superclass does so only when nobody uses them any more at the end of a read; here somebody always
     * does, so that the buffer would grow for as long as reads end within frames.
     */
    private static ByteBuf cumulate(ByteBufAllocator allocator, ByteBuf held, ByteBuf in) {
        if (held.readerIndex() == 0 || !held.isReadable()) {
            return MERGE_CUMULATOR.cumulate(allocator, held, in);
        }
        try {
            ByteBuf joined = allocator.buffer(held.readableBytes() + in.readableBytes());
            joined.writeBytes(held, held.readerIndex(), held.readableBytes()).writeBytes(in);
            held.release();
            return joined;
        } finally {
            in.release();
        }
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (failed) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (chunkRemaining > 0) {
            out.add(nextChunk(in, false));
            return;
        }
        int available = in.readableBytes();
        if (available < Frame.HEADER) {
            return;
        }
        byte tag = in.getByte(in.readerIndex());
        int size = 1 + length(in, tag);
        boolean streamable = tag == Tag.COPY_DATA || (tag == Tag.DATA_ROW && !frontend);
        if (streamable && size > CHUNK_THRESHOLD) {
            chunkTag = tag;
            chunkRemaining = size;
            out.add(nextChunk(in, true));
        } else if (available < size) {
            grow(in, size - available);
        } else if (streamable && !frontend) {
            out.add(run(in, tag, size));
        } else {
            out.add(in.readRetainedSlice(size));
        }
    }

    private int length(ByteBuf in, byte tag) {
        int limit = limit(tag);
        int length = in.getInt(in.readerIndex() + 1);
        if (length >= MIN_LENGTH && length <= limit) {
            return length;
        }
        failed = true;
        in.skipBytes(in.readableBytes());
        throw new ProtocolException(limit == 0 ? "invalid message type " + (tag & 0xff) : "invalid message length");
    }

    private int limit(byte tag) {
        return Math.min(maxLarge, frontend ? FrameLimits.frontend(tag) : FrameLimits.backend(tag));
    }

    private FrameChunk nextChunk(ByteBuf in, boolean first) {
        int length = Math.min(in.readableBytes(), chunkRemaining);
        chunkRemaining -= length;
        return new FrameChunk(in.readRetainedSlice(length), chunkTag, first, chunkRemaining == 0);
    }

    /** Takes a frame of {@code size} bytes and those like it that follow. What is odd ends the run and waits. */
    private FrameRun run(ByteBuf in, byte tag, int size) {
        int maxLength = Math.min(CHUNK_THRESHOLD - 1, limit(tag));
        int limit = in.writerIndex();
        int end = in.readerIndex() + size;
        int frames = 1;
        while (limit - end >= Frame.HEADER && in.getByte(end) == tag) {
            int length = in.getInt(end + 1);
            if (length < MIN_LENGTH || length > maxLength || length > limit - end - 1) {
                break;
            }
            end += 1 + length;
            frames++;
        }
        return new FrameRun(in.readRetainedSlice(end - in.readerIndex()), frames, tag);
    }

    /**
     * Doubles the room for a large frame before it runs out. Left to itself the buffer grows by a few
     * megabytes at a time, copying everything each time. Never by more than has arrived already, whatever
     * the length claims.
     */
    private static void grow(ByteBuf in, int missing) {
        int arrived = in.readableBytes();
        int room = Math.min(missing, arrived);
        if (arrived < GROW_ABOVE || in.writableBytes() >= Math.min(room, arrived / 4)) {
            return;
        }
        if (in.refCnt() == 1 && !in.isReadOnly() && room <= in.maxWritableBytes()) {
            in.ensureWritable(room);
        }
    }
}
