package dev.sqlmem.relay;

import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameBody;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * A bare socket to a server, for what happens before and beside a proper login. Waits at most 30 s for any
 * byte. Used by one thread.
 */
final class Peer implements AutoCloseable {
    static final int SSL_REQUEST = 80877103;
    static final int GSS_REQUEST = 80877104;
    private static final int PATIENCE = 30_000;

    private Socket socket;
    private DataInputStream in;
    private OutputStream out;

    Peer(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(PATIENCE);
            socket.setTcpNoDelay(true);
            in = new DataInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A start-up packet with these names and values. */
    static byte[] startup(int major, int minor, String... parameters) {
        FrameBody body = new FrameBody().int32(major << 16 | minor);
        for (String each : parameters) {
            body.string(each);
        }
        return packet(body.int8(0).toBytes());
    }

    /** A packet without a tag: its length, then these bytes. */
    static byte[] packet(byte[] content) {
        return new FrameBody().int32(4 + content.length).bytes(content).toBytes();
    }

    /** A request of one code word: SSLRequest or GSSENCRequest. */
    static byte[] request(int code) {
        return packet(new FrameBody().int32(code).toBytes());
    }

    /** Sends bytes; a server that has closed already is not minded here, the next read tells. */
    Peer send(byte[] bytes) {
        try {
            out.write(bytes);
            out.flush();
        } catch (SocketException closed) {
            // seen by the reader
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Says that no more will be sent. */
    void endOutput() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts TLS on the connection, offering these protocols by ALPN. */
    void encrypt(SSLContext context, String... protocols) throws IOException {
        SSLSocket encrypted = (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", 0, true);
        SSLParameters parameters = encrypted.getSSLParameters();
        parameters.setApplicationProtocols(protocols);
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        socket = encrypted;
        in = new DataInputStream(encrypted.getInputStream());
        out = encrypted.getOutputStream();
    }

    /** The protocol that the TLS handshake agreed upon, empty for none. */
    String applicationProtocol() {
        return ((SSLSocket) socket).getApplicationProtocol();
    }

    /** The next byte, or -1 at the connection's end. */
    int readByte() {
        try {
            return in.read();
        } catch (SocketException reset) {
            return -1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next frame, {@link Frame#END} at the connection's end. */
    Frame read() {
        try {
            int tag = in.read();
            if (tag < 0) {
                return Frame.END;
            }
            return new Frame((char) tag, in.readNBytes(in.readInt() - 4));
        } catch (SocketException | EOFException cut) {
            return Frame.END;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All frames up to ReadyForQuery or the connection's end, that included. */
    List<Frame> readUntilReady() {
        List<Frame> frames = new ArrayList<>();
        Frame frame;
        do {
            frame = read();
            frames.add(frame);
        } while (!frame.is('Z') && !frame.isEnd());
        return frames;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
