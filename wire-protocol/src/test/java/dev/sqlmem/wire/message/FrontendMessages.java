package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** From tag and body to the message a client sent. The body stays with the caller. */
public final class FrontendMessages {
    private FrontendMessages() {}

    /** Reads a whole frame, tag and length included, as the FrameDecoder emits it. Not for chunks. */
    public static FrontendMessage decode(ByteBuf frame) {
        byte tag = frame.readByte();
        return decode(tag, frame.skipBytes(Integer.BYTES));
    }

    /** Reads a body, which the message must fill to the last byte; else ProtocolException. */
    public static FrontendMessage decode(byte tag, ByteBuf body) {
        return switch (tag) {
            case Tag.BIND -> ViewedMessages.bind(body);
            case Tag.CLOSE -> Close.decode(body);
            case Tag.COPY_DATA -> CopyData.decode(body);
            case Tag.COPY_DONE -> CopyDone.decode(body);
            case Tag.COPY_FAIL -> CopyFail.decode(body);
            case Tag.DESCRIBE -> Describe.decode(body);
            case Tag.EXECUTE -> ViewedMessages.execute(body);
            case Tag.FLUSH -> Flush.decode(body);
            case Tag.FUNCTION_CALL -> FunctionCall.decode(body);
            case Tag.PARSE -> ViewedMessages.parse(body);
            case Tag.PASSWORD_MESSAGE -> PasswordMessage.decode(body);
            case Tag.QUERY -> ViewedMessages.query(body);
            case Tag.SYNC -> Sync.decode(body);
            case Tag.TERMINATE -> Terminate.decode(body);
            default -> throw new ProtocolException("invalid message type " + (tag & 0xff));
        };
    }
}
