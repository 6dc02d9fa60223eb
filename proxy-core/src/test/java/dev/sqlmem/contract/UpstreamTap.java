package dev.sqlmem.contract;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/**
 * Stands between the proxy and its server and notes every statement before it passes it on.
 *
 * <p>Nothing reaches the server around it: the relay's sessions, the service account's pool and the
 * cancel requests all connect here. So a statement that is not noted was not sent.
 */
final class UpstreamTap implements AutoCloseable {
    private static final int SSL_REQUEST = 80877103;
    private static final int CANCEL_REQUEST = 80877102;

    /** The look at the catalogs that the proxy takes every two seconds, whether anyone asks it or not. */
    private static final String CATALOG_WATCH = "WITH RECURSIVE related (oid)";

    private final int serverPort;
    private final ServerSocket listener;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final Queue<String> seen = new ConcurrentLinkedQueue<>();
    private volatile CountDownLatch loads = new CountDownLatch(0);

    UpstreamTap(int serverPort) {
        this.serverPort = serverPort;
        try {
            listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        spawn(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Forgets what was noted so far. */
    void clear() {
        seen.clear();
    }

    /** Keeps the statements that load tables from the server, until {@link #releaseLoads}. */
    void holdLoads() {
        loads = new CountDownLatch(1);
    }

    void releaseLoads() {
        loads.countDown();
    }

    private void holdLoad(String statement) {
        if (statement.startsWith("COPY")) {
            try {
                loads.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * What the server was sent since the last {@link #clear}: the texts of simple queries and of executed
     * portals, parsed texts with the prefix {@code parse: }, {@code cancel} and {@code function call}. The
     * catalog watch and the pool's empty pings are left out.
     */
    List<String> statements() {
        return List.copyOf(seen);
    }

    private void note(String statement) {
        String text = statement.startsWith("parse: ") ? statement.substring("parse: ".length()) : statement;
        if (!text.isEmpty() && !text.startsWith(CATALOG_WATCH)) {
            seen.add(statement);
        }
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            sockets.add(client);
            sockets.add(server);
            spawn(() -> {
                try (client) {
                    server.getInputStream().transferTo(client.getOutputStream());
                }
            });
            spawn(() -> {
                try (server) {
                    new Connection().listen(client, server);
                }
            });
        }
    }

    /** One connection's statements and portals by name. */
    private final class Connection {
        private final Map<String, String> statements = new HashMap<>();
        private final Map<String, String> portals = new HashMap<>();

        void listen(Socket client, Socket server) throws IOException {
            DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream(), 1 << 16));
            OutputStream out = server.getOutputStream();
            int code;
            do {
                byte[] packet = in.readNBytes(in.readInt() - Integer.BYTES);
                code = ByteBuffer.wrap(packet).getInt();
                if (code == CANCEL_REQUEST) {
                    note("cancel");
                }
                out.write(ByteBuffer.allocate(Integer.BYTES + packet.length)
                        .putInt(Integer.BYTES + packet.length)
                        .put(packet)
                        .array());
            } while (code == SSL_REQUEST);
            int tag;
            while ((tag = in.read()) >= 0) {
                byte[] body = in.readNBytes(in.readInt() - Integer.BYTES);
                frame((char) tag, ByteBuffer.wrap(body));
                out.write(ByteBuffer.allocate(1 + Integer.BYTES + body.length)
                        .put((byte) tag)
                        .putInt(Integer.BYTES + body.length)
                        .put(body)
                        .array());
            }
        }

        private void frame(char tag, ByteBuffer body) {
            switch (tag) {
                case 'Q' -> {
                    String text = string(body);
                    note(text);
                    holdLoad(text);
                }
                case 'F' -> note("function call");
                case 'P' -> {
                    String name = string(body);
                    String text = string(body);
                    statements.put(name, text);
                    note("parse: " + text);
                }
                case 'B' -> {
                    String portal = string(body);
                    portals.put(portal, statements.getOrDefault(string(body), "a statement that SQL prepared"));
                }
                case 'E' -> {
                    String text = portals.getOrDefault(string(body), "a cursor of SQL's");
                    note(text);
                    holdLoad(text);
                }
                default -> {}
            }
        }
    }

    private static String string(ByteBuffer body) {
        List<Byte> bytes = new ArrayList<>();
        for (byte next = body.get(); next != 0; next = body.get()) {
            bytes.add(next);
        }
        byte[] text = new byte[bytes.size()];
        for (int i = 0; i < text.length; i++) {
            text[i] = bytes.get(i);
        }
        return new String(text, StandardCharsets.UTF_8);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void spawn(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // one of the two hung up, or the test is over
                    }
                },
                "upstream tap");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        releaseLoads();
        try {
            listener.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
