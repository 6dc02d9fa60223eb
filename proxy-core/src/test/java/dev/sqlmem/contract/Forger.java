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
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Stands between the proxy and its server and falsifies the rows of statements that contain a word: the
 * last bit of each row's last value is flipped. Everything else passes as it is.
 */
final class Forger implements AutoCloseable {
    private static final int SSL_REQUEST = 80877103;

    private final int serverPort;
    private final byte[] word;
    private final ServerSocket listener;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

    Forger(int serverPort, String word) {
        this.serverPort = serverPort;
        this.word = word.getBytes(StandardCharsets.UTF_8);
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        spawn(() -> {
            while (!listener.isClosed()) {
                accept(listener.accept());
            }
        });
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept(Socket client) throws IOException {
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        sockets.add(client);
        sockets.add(server);
        Link link = new Link();
        spawn(() -> {
            try (server) {
                link.forth(client, server);
            }
        });
        spawn(() -> {
            try (client) {
                link.back(server, client);
            }
        });
    }

    /** One connection. */
    private final class Link {
        private volatile boolean forging;

        void forth(Socket client, Socket server) throws IOException {
            DataInputStream in = new DataInputStream(new BufferedInputStream(client.getInputStream()));
            OutputStream out = server.getOutputStream();
            int code;
            do {
                byte[] packet = in.readNBytes(in.readInt() - Integer.BYTES);
                code = ByteBuffer.wrap(packet).getInt();
                write(out, -1, packet);
            } while (code == SSL_REQUEST);
            int tag;
            while ((tag = in.read()) >= 0) {
                byte[] body = in.readNBytes(in.readInt() - Integer.BYTES);
                if (tag == 'P' || tag == 'Q') {
                    forging = contains(body);
                }
                write(out, tag, body);
            }
        }

        void back(Socket server, Socket client) throws IOException {
            DataInputStream in = new DataInputStream(new BufferedInputStream(server.getInputStream()));
            OutputStream out = client.getOutputStream();
            int tag;
            while ((tag = in.read()) >= 0) {
                byte[] body = in.readNBytes(in.readInt() - Integer.BYTES);
                if (tag == 'D' && forging) {
                    body[body.length - 1] ^= 1;
                }
                write(out, tag, body);
            }
        }

        private boolean contains(byte[] body) {
            String text = new String(body, StandardCharsets.ISO_8859_1);
            return text.contains(new String(word, StandardCharsets.ISO_8859_1));
        }
    }

    private static void write(OutputStream out, int tag, byte[] body) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate((tag < 0 ? 0 : 1) + Integer.BYTES + body.length);
        if (tag >= 0) {
            frame.put((byte) tag);
        }
        out.write(frame.putInt(Integer.BYTES + body.length).put(body).array());
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
                "forger");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
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
