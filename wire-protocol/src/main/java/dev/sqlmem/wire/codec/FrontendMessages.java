package dev.sqlmem.wire.codec;

import dev.sqlmem.wire.message.Bind;
import dev.sqlmem.wire.message.Close;
import dev.sqlmem.wire.message.CopyData;
import dev.sqlmem.wire.message.CopyDone;
import dev.sqlmem.wire.message.CopyFail;
import dev.sqlmem.wire.message.Describe;
import dev.sqlmem.wire.message.Execute;
import dev.sqlmem.wire.message.Flush;
import dev.sqlmem.wire.message.FrontendMessage;
import dev.sqlmem.wire.message.FunctionCall;
import dev.sqlmem.wire.message.Parse;
import dev.sqlmem.wire.message.PasswordMessage;
import dev.sqlmem.wire.message.ProtocolException;
import dev.sqlmem.wire.message.Query;
import dev.sqlmem.wire.message.Sync;
import dev.sqlmem.wire.message.Tag;
import dev.sqlmem.wire.message.Terminate;
import io.netty.buffer.ByteBuf;

/** From tag and body to the message a client sent. The body stays with the caller. */
public final class FrontendMessages {
    private FrontendMessages() {}

    /** Reads a whole frame, tag and length included, as {@link FrameDecoder} emits it. Not for chunks. */
    public static FrontendMessage decode(ByteBuf frame) {
        byte tag = frame.readByte();
        return decode(tag, frame.skipBytes(Integer.BYTES));
    }

    /** Reads a body, which the message must fill to the last byte; else ProtocolException. */
    public static FrontendMessage decode(byte tag, ByteBuf body) {
        return switch (tag) {
            case Tag.BIND -> Bind.decode(body);
            case Tag.CLOSE -> Close.decode(body);
            case Tag.COPY_DATA -> CopyData.decode(body);
            case Tag.COPY_DONE -> CopyDone.decode(body);
            case Tag.COPY_FAIL -> CopyFail.decode(body);
            case Tag.DESCRIBE -> Describe.decode(body);
            case Tag.EXECUTE -> Execute.decode(body);
            case Tag.FLUSH -> Flush.decode(body);
            case Tag.FUNCTION_CALL -> FunctionCall.decode(body);
            case Tag.PARSE -> Parse.decode(body);
            case Tag.PASSWORD_MESSAGE -> PasswordMessage.decode(body);
            case Tag.QUERY -> Query.decode(body);
            case Tag.SYNC -> Sync.decode(body);
            case Tag.TERMINATE -> Terminate.decode(body);
            default -> throw new ProtocolException("invalid message type " + (tag & 0xff));
        };
    }
}
