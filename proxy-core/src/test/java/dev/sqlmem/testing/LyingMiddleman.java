package dev.sqlmem.testing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A middleman between client and server that tampers with what the server says after login.
 *
 * <p>A comparison that does not catch it is worth nothing.
 */
public final class LyingMiddleman implements AutoCloseable {
    private final int upstreamPort;
    private final Lie lie;
    private final ServerSocket listener;
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();

    public LyingMiddleman(int upstreamPort, Lie lie) {
        this.upstreamPort = upstreamPort;
        this.lie = lie;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        spawn(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket client = listener.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), upstreamPort);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            sockets.add(client);
            sockets.add(server);
            spawn(() -> {
                try (server) {
                    client.getInputStream().transferTo(server.getOutputStream());
                }
            });
            spawn(() -> {
                try (client) {
                    tamper(server, client);
                }
            });
        }
    }

    private void tamper(Socket server, Socket client) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(server.getInputStream(), 1 << 16));
        OutputStream out = new BufferedOutputStream(client.getOutputStream(), 1 << 16);
        Lie.Teller teller = lie.teller();
        boolean loggedIn = false;
        int tag;
        while ((tag = in.read()) >= 0) {
            Frame frame = new Frame((char) tag, in.readNBytes(in.readInt() - 4));
            for (Frame told : loggedIn ? teller.tell(frame) : List.of(frame)) {
                out.write(told.encode());
            }
            loggedIn |= frame.is('Z');
            if (in.available() == 0) {
                out.flush();
            }
        }
        out.flush();
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
                "lying middleman");
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
