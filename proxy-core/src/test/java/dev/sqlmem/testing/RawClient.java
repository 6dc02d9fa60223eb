package dev.sqlmem.testing;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A client of the protocol that sends what it is told and shows every frame that comes back.
 *
 * <p>It shares no code with the product. A wait that takes longer than the login's timeout is an
 * {@link AssertionError} that says what was sent and what came. Used by one thread.
 */
public final class RawClient implements AutoCloseable {
    private static final int REMEMBERED = 12;

    private final LoginRequest login;
    private final FrameSocket socket;
    private final List<Frame> startup = new ArrayList<>();
    private final Deque<Supplier<String>> history = new ArrayDeque<>();

    private RawClient(LoginRequest login) {
        this.login = login;
        this.socket = new FrameSocket(new InetSocketAddress(login.host(), login.port()), login.timeout());
    }

    /** Logs in; fails unless the server says ReadyForQuery. */
    public static RawClient connect(LoginRequest login) {
        RawClient client = attempt(login);
        Frame last = client.startup.get(client.startup.size() - 1);
        if (!last.is('Z')) {
            client.close();
            throw new AssertionError("login as " + login.user() + " at port " + login.port() + " failed: "
                    + client.startup.stream()
                            .filter(frame -> frame.is('E'))
                            .findFirst()
                            .orElse(last));
        }
        return client;
    }

    /** Logs in, whatever comes of it: see {@link #startupFrames()}. */
    public static RawClient attempt(LoginRequest login) {
        RawClient client = new RawClient(login);
        client.sendBytes(login.startupPacket());
        Authentication authentication = new Authentication(login);
        Frame frame;
        do {
            frame = client.read();
            client.startup.add(frame);
            Frame answer = frame.is('R') ? authentication.answer(frame) : null;
            if (answer != null) {
                client.send(answer);
            }
        } while (!frame.is('Z') && !frame.isEnd());
        return client;
    }

    /** What the server sent before its first ReadyForQuery, that included. */
    public List<Frame> startupFrames() {
        return List.copyOf(startup);
    }

    /** The value that the server reported for a setting at login. */
    public Optional<String> startupParameter(String name) {
        return startup.stream()
                .filter(frame -> frame.is('S'))
                .map(frame -> FrameText.strings(frame.body()))
                .filter(pair -> pair.get(0).equals(name))
                .map(pair -> pair.get(1))
                .findFirst();
    }

    public List<Frame> simpleQuery(String sql) {
        send(FrontendFrames.query(sql));
        return readUntilReady();
    }

    /** Parse, Bind, Describe, Execute, Sync and all their answers. */
    public List<Frame> extended(ExtendedQuery query) {
        send(query.frames());
        return readUntilReady();
    }

    /** Sends these frames in one piece. */
    public void send(Frame... frames) {
        send(Arrays.asList(frames));
    }

    public void send(List<Frame> frames) {
        FrameBody all = new FrameBody();
        for (Frame frame : frames) {
            all.bytes(frame.encode());
            remember(() -> "> " + frame.tag() + " " + FrameText.printable(frame.body(), 120));
        }
        socket.send(all.toBytes());
    }

    /** Sends any bytes, also parts of frames. */
    public void sendBytes(byte[] bytes) {
        remember(() -> "> " + FrameText.printable(bytes, 120));
        socket.send(bytes);
    }

    /** The next frame; {@link Frame#END} when the server has closed the connection. */
    public Frame read() {
        Frame frame = poll(login.timeout());
        if (frame == null) {
            throw new AssertionError("no frame came within " + login.timeout() + " from port " + login.port()
                    + "; the last ones were:\n  "
                    + history.stream().map(Supplier::get).collect(Collectors.joining("\n  ")));
        }
        return frame;
    }

    /** The next frame, or null when none comes in this time. */
    public @Nullable Frame poll(Duration patience) {
        Frame frame = socket.read(patience);
        if (frame != null) {
            remember(() -> "< " + frame);
        }
        return frame;
    }

    /** All frames up to the next ReadyForQuery or the connection's end, that included. */
    public List<Frame> readUntilReady() {
        return readUntil('Z');
    }

    /** All frames up to the first with this tag or the connection's end, that included. */
    public List<Frame> readUntil(char tag) {
        List<Frame> frames = new ArrayList<>();
        Frame frame;
        do {
            frame = read();
            frames.add(frame);
        } while (!frame.is(tag) && !frame.isEnd());
        return frames;
    }

    /** All frames up to the given number of ReadyForQuery. */
    public List<Frame> readUntilReady(int times) {
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            frames.addAll(readUntilReady());
        }
        return frames;
    }

    /** Asks the server, over a connection of its own, to cancel what this session runs. */
    public void cancel() {
        Frame key = startup.stream()
                .filter(frame -> frame.is('K'))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no BackendKeyData came at login"));
        ByteBuffer request = ByteBuffer.allocate(8 + key.body().length);
        request.putInt(request.capacity()).putInt(80877102).put(key.body());
        try (FrameSocket other = new FrameSocket(new InetSocketAddress(login.host(), login.port()), login.timeout())) {
            other.send(request.array());
            Frame answer = other.read(login.timeout());
            if (answer == null || !answer.isEnd()) {
                throw new AssertionError("after a CancelRequest the server should close, not: " + answer);
            }
        }
    }

    private void remember(Supplier<String> line) {
        history.add(line);
        if (history.size() > REMEMBERED) {
            history.remove();
        }
    }

    /** Closes without a word, whatever the server is doing. */
    public void drop() {
        socket.close();
    }

    /** Says Terminate and closes. */
    @Override
    public void close() {
        socket.send(FrontendFrames.terminate().encode());
        socket.close();
    }
}
