package dev.sqlmem.wire.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection with one decoder, whose memory is counted: what it emits must be released, what it holds is known. */
final class Wiretap implements AutoCloseable {
    private final CountingAllocator allocator = new CountingAllocator();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    Wiretap(ChannelHandler decoder) {
        channel.config().setAllocator(allocator);
        channel.pipeline().addLast(decoder);
    }

    EmbeddedChannel channel() {
        return channel;
    }

    /** Lets bytes arrive in one read; rethrows what the decoder throws. */
    void receive(ByteBuf bytes) {
        receive(bytes, bytes.readerIndex(), bytes.readableBytes());
    }

    /** Lets a part of the bytes arrive in one read. */
    void receive(ByteBuf bytes, int index, int length) {
        ByteBuf read = allocator.heapBuffer(length);
        channel.writeInbound(read.writeBytes(bytes, index, length));
    }

    /** What was emitted next, to be released, or null. */
    @Nullable
    Object poll() {
        return channel.readInbound();
    }

    /** All that was emitted, named and in hexadecimal, and released. */
    List<String> drain() {
        List<String> drained = new ArrayList<>();
        for (Object message = poll(); message != null; message = poll()) {
            drained.add(Emitted.describe(message));
            Emitted.release(message);
        }
        return drained;
    }

    /** The bytes of all that was emitted, which is released. */
    ByteBuf drainBytes() {
        ByteBuf bytes = Unpooled.buffer();
        for (Object message = poll(); message != null; message = poll()) {
            bytes.writeBytes(Emitted.content(message).duplicate());
            Emitted.release(message);
        }
        return bytes;
    }

    /** The bytes of memory held by the decoder and by what was emitted and not released. */
    long memory() {
        return allocator.used();
    }

    /** All bytes ever allocated, those of the reads included. */
    long allocated() {
        return allocator.allocated();
    }

    /** Ends the connection. */
    @Override
    public void close() {
        channel.finishAndReleaseAll();
    }
}
