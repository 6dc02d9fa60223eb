package dev.sqlmem.session.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/**
 * What goes to the client: the proxy's own frames gathered in one buffer, relayed bytes as they are.
 *
 * <p>Belongs to the client's event loop. Nothing leaves before {@link #flush}, which is called once for
 * each batch of messages read.
 */
public final class ClientOutput {
    private static final int INITIAL = 1024;

    /** Beyond this the gathered bytes are handed to the channel, so that its writability tells the truth. */
    private static final int HAND_OVER = 64 * 1024;

    private final Channel channel;
    private @Nullable ByteBuf gathered;

    public ClientOutput(Channel channel) {
        this.channel = channel;
    }

    /** The buffer to append whole frames to; owned by this object. */
    public ByteBuf buffer() {
        ByteBuf buffer = gathered;
        if (buffer != null && buffer.writerIndex() >= HAND_OVER) {
            handOver();
            buffer = null;
        }
        if (buffer == null) {
            buffer = channel.alloc().ioBuffer(INITIAL);
            gathered = buffer;
        }
        return buffer;
    }

    /** Queues bytes behind what was gathered; they are released by this object. */
    public void relay(ByteBuf bytes) {
        handOver();
        channel.write(bytes, channel.voidPromise());
    }

    /** Sends everything. */
    public void flush() {
        handOver();
        channel.flush();
    }

    public boolean isWritable() {
        return channel.isWritable();
    }

    /** Frees what was never sent. */
    public void discard() {
        ByteBuf buffer = gathered;
        gathered = null;
        if (buffer != null) {
            buffer.release();
        }
    }

    private void handOver() {
        ByteBuf buffer = gathered;
        if (buffer == null) {
            return;
        }
        gathered = null;
        if (buffer.isReadable()) {
            channel.write(buffer, channel.voidPromise());
        } else {
            buffer.release();
        }
    }
}
