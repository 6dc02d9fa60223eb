package dev.sqlmem.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A socket that reads whole frames and never waits for ever.
 *
 * <p>While it waits for input it goes on writing what is queued, so that a pipeline of any length
 * cannot deadlock with a server that waits for its answers to be read. Used by one thread.
 */
final class FrameSocket implements AutoCloseable {
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final Deque<ByteBuffer> output = new ArrayDeque<>();
    private ByteBuffer input = ByteBuffer.allocate(1 << 16).flip();
    private boolean ended;

    FrameSocket(InetSocketAddress address, Duration timeout) {
        try {
            channel = SocketChannel.open();
            channel.socket().connect(address, Math.toIntExact(timeout.toMillis()));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            selector = Selector.open();
            key = channel.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot connect to " + address, e);
        }
    }

    void send(byte[] bytes) {
        output.add(ByteBuffer.wrap(bytes));
        write();
    }

    /**
     * The next frame, {@link Frame#END} when the peer has closed, or null when neither came in time.
     */
    @Nullable
    Frame read(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            Frame frame = buffered();
            if (frame != null) {
                return frame;
            }
            if (ended) {
                return Frame.END;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return null;
            }
            await(left);
        }
    }

    private void await(long nanos) {
        try {
            key.interestOps(output.isEmpty() ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            selector.select(Math.max(1, nanos / 1_000_000));
            selector.selectedKeys().clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write();
        fill();
    }

    private void write() {
        try {
            while (!output.isEmpty()) {
                channel.write(output.getFirst());
                if (output.getFirst().hasRemaining()) {
                    return;
                }
                output.removeFirst();
            }
        } catch (IOException closedByPeer) {
            output.clear(); // what the peer said before it closed is still to be read
        }
    }

    private void fill() {
        input.compact();
        try {
            ended |= channel.read(input) < 0;
        } catch (IOException reset) {
            ended = true;
        }
        input.flip();
    }

    private @Nullable Frame buffered() {
        if (input.remaining() < 5) {
            return null;
        }
        int start = input.position();
        int length = input.getInt(start + 1);
        if (length < 4) {
            throw new AssertionError("the server sent a message of length " + length);
        }
        if (input.remaining() < 1 + length) {
            makeRoomFor(1 + length);
            return null;
        }
        byte[] body = new byte[length - 4];
        input.get(start + 5, body);
        input.position(start + 1 + length);
        return new Frame((char) (input.get(start) & 0xff), body);
    }

    private void makeRoomFor(int size) {
        if (input.capacity() < size) {
            input = ByteBuffer.allocate(Math.max(size, 2 * input.capacity()))
                    .put(input)
                    .flip();
        }
    }

    @Override
    public void close() {
        try {
            selector.close();
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
