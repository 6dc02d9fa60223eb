package dev.sqlmem.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the proxy and its server and can hold back what the server answers to one session, the one whose
 * login has {@link #NAME} in it: what the server has done can be seen by others while the proxy has not heard of it.
 */
final class HoldingLink implements AutoCloseable {
    /** To be the {@code application_name} of the session. */
    static final String NAME = "the held session";

    private static final int SSL_REQUEST_LENGTH = 8;

    private final int serverPort;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Object lock = new Object();
    private boolean holding;
    private @Nullable Socket heldProxySide;
    private @Nullable Socket heldServerSide;

    HoldingLink(int serverPort) {
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

    /** Holds the answers back from now on. */
    void hold() {
        synchronized (lock) {
            holding = true;
        }
    }

    /** Lets them go. */
    void release() {
        synchronized (lock) {
            holding = false;
            lock.notifyAll();
        }
    }

    /** Ends the proxy's side of the session; the server doesn't hear of it until {@link #endServerSide}. */
    void cutProxySide() {
        synchronized (lock) {
            close(heldProxySide);
        }
    }

    void endServerSide() {
        synchronized (lock) {
            close(heldServerSide);
        }
    }

    @Override
    public void close() {
        release();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sockets.forEach(HoldingLink::close);
    }

    private void accept() throws IOException {
        while (!listener.isClosed()) {
            Socket proxy = listener.accept();
            Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
            proxy.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            sockets.add(proxy);
            sockets.add(server);
            spawn(() -> questions(proxy, server));
        }
    }

    private void questions(Socket proxy, Socket server) throws IOException {
        byte[] bytes = new byte[64 * 1024];
        int count = proxy.getInputStream().read(bytes);
        if (count == SSL_REQUEST_LENGTH) {
            proxy.getOutputStream().write('N');
            count = proxy.getInputStream().read(bytes);
        }
        boolean held = new String(bytes, 0, Math.max(0, count), StandardCharsets.ISO_8859_1).contains(NAME);
        if (held) {
            synchronized (lock) {
                heldProxySide = proxy;
                heldServerSide = server;
            }
        }
        spawn(() -> answers(server, proxy, held));
        OutputStream out = server.getOutputStream();
        try {
            while (count >= 0) {
                out.write(bytes, 0, count);
                count = proxy.getInputStream().read(bytes);
            }
        } finally {
            if (!held) {
                close(server);
            }
        }
    }

    private void answers(Socket server, Socket proxy, boolean held) throws IOException {
        byte[] bytes = new byte[64 * 1024];
        InputStream in = server.getInputStream();
        OutputStream out = proxy.getOutputStream();
        try {
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                if (held) {
                    awaitRelease();
                }
                out.write(bytes, 0, count);
            }
        } finally {
            close(proxy);
        }
    }

    private void awaitRelease() {
        synchronized (lock) {
            while (holding) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private static void close(@Nullable Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
                        // one of the two hung up, or was cut
                    }
                },
                "holding link");
        thread.setDaemon(true);
        thread.start();
    }
}
