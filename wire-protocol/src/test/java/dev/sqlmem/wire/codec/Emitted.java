package dev.sqlmem.wire.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.ReferenceCountUtil;

/** How tests look at what decoders emit. */
final class Emitted {
    private Emitted() {}

    static ByteBuf content(Object message) {
        return message instanceof FrameContent frames ? frames.content() : (ByteBuf) message;
    }

    static String describe(Object message) {
        if (message instanceof FrameRun run) {
            return "run " + run.frames() + " " + (char) run.tag() + " " + hex(run.content());
        }
        if (message instanceof FrameChunk chunk) {
            String ends = (chunk.first() ? "first " : "") + (chunk.last() ? "last " : "");
            return "chunk " + ends + (char) chunk.tag() + " " + hex(chunk.content());
        }
        return message instanceof ByteBuf frame ? hex(frame) : message.toString();
    }

    static void release(Object message) {
        ReferenceCountUtil.release(message);
    }

    private static String hex(ByteBuf bytes) {
        return ByteBufUtil.hexDump(bytes);
    }
}
