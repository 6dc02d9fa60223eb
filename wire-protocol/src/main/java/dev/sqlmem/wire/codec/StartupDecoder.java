package dev.sqlmem.wire.codec;

import dev.sqlmem.wire.message.CancelRequest;
import dev.sqlmem.wire.message.FrontendMessage;
import dev.sqlmem.wire.message.GSSENCRequest;
import dev.sqlmem.wire.message.ProtocolException;
import dev.sqlmem.wire.message.SSLRequest;
import dev.sqlmem.wire.message.StartupMessage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the packets without a tag a client starts with.
 *
 * <p>Emits {@link SSLRequest} and {@link GSSENCRequest} (each at most once), then {@link CancelRequest},
 * {@link StartupMessage} or {@link DirectTls}, after which it reads no further. Whoever receives one of
 * these takes the decoder out of the pipeline before returning, and the bytes left pass to the handler
 * behind it: a {@link FrameDecoder} put in its place, or the TLS handler. One instance per connection, on
 * its event loop. After a {@link ProtocolException} it throws everything away.
 *
 * <p>Taking it out delivers what the next decoder makes of those bytes before that call returns.
 */
public final class StartupDecoder extends ByteToMessageDecoder {
    /** PostgreSQL's MAX_STARTUP_PACKET_LENGTH, which doesn't count the length word. */
    private static final int MAX_LENGTH = 4 + 10_000;

    private static final int HEADER_LENGTH = 8;
    private static final byte TLS_HANDSHAKE = 0x16;
    private static final int MAJOR = 3;

    private boolean tlsAllowed;
    private boolean sslRequestAllowed;
    private boolean gssRequestAllowed;
    private boolean done;
    private boolean failed;

    private StartupDecoder(boolean plain) {
        tlsAllowed = plain;
        sslRequestAllowed = plain;
        gssRequestAllowed = plain;
    }

    /** A decoder for a connection just accepted. */
    public static StartupDecoder plain() {
        return new StartupDecoder(true);
    }

    /** A decoder for what comes out of a TLS handler: no further request for encryption. */
    public static StartupDecoder encrypted() {
        return new StartupDecoder(false);
    }

    /**
     * How many bytes wait behind the packet just emitted. Any behind an SSLRequest were sent in the clear by
     * whoever wants them taken for encrypted ones (CVE-2021-23214): close the connection.
     */
    public int bufferedBytes() {
        return actualReadableBytes();
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (failed) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (done || !in.isReadable()) {
            return;
        }
        if (tlsAllowed && in.getByte(in.readerIndex()) == TLS_HANDSHAKE) {
            done = true;
            // Not by way of the list: nothing was consumed, which the superclass takes for a mistake.
            context.fireChannelRead(DirectTls.INSTANCE);
            return;
        }
        try {
            FrontendMessage message = read(in);
            if (message != null) {
                out.add(message);
            }
        } catch (ProtocolException e) {
            failed = true;
            in.skipBytes(in.readableBytes());
            throw e;
        }
    }

    private @Nullable FrontendMessage read(ByteBuf in) {
        if (in.readableBytes() < Integer.BYTES) {
            return null;
        }
        int length = in.getInt(in.readerIndex());
        check(length >= HEADER_LENGTH && length <= MAX_LENGTH, "invalid length of startup packet");
        if (in.readableBytes() < length) {
            return null;
        }
        tlsAllowed = false;
        int code = in.getInt(in.readerIndex() + Integer.BYTES);
        return message(code, in.skipBytes(HEADER_LENGTH).readSlice(length - HEADER_LENGTH));
    }

    private FrontendMessage message(int code, ByteBuf body) {
        if (code == SSLRequest.CODE && sslRequestAllowed) {
            sslRequestAllowed = false;
            return SSLRequest.decode(body);
        }
        if (code == GSSENCRequest.CODE && gssRequestAllowed) {
            gssRequestAllowed = false;
            return GSSENCRequest.decode(body);
        }
        done = true;
        if (code == CancelRequest.CODE) {
            return CancelRequest.decode(body);
        }
        check(code >>> 16 == MAJOR, "unsupported frontend protocol " + (code >>> 16) + "." + (code & 0xffff));
        return StartupMessage.decode(code, body);
    }

    private static void check(boolean valid, String message) {
        if (!valid) {
            throw new ProtocolException(message);
        }
    }
}
