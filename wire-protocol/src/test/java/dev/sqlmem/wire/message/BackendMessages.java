package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** From tag and body to the message a server sent. The body stays with the caller. */
public final class BackendMessages {
    private BackendMessages() {}

    /** Reads a whole frame, tag and length included, as the FrameDecoder emits it. Not for chunks. */
    public static BackendMessage decode(ByteBuf frame) {
        byte tag = frame.readByte();
        return decode(tag, frame.skipBytes(Integer.BYTES));
    }

    /** Reads a body, which the message must fill to the last byte; else ProtocolException. */
    public static BackendMessage decode(byte tag, ByteBuf body) {
        return switch (tag) {
            case Tag.AUTHENTICATION -> Authentication.decode(body);
            case Tag.BACKEND_KEY_DATA -> BackendKeyData.decode(body);
            case Tag.BIND_COMPLETE -> BindComplete.decode(body);
            case Tag.CLOSE_COMPLETE -> CloseComplete.decode(body);
            case Tag.COMMAND_COMPLETE -> CommandComplete.decode(body);
            case Tag.COPY_BOTH_RESPONSE -> CopyBothResponse.decode(body);
            case Tag.COPY_DATA -> CopyData.decode(body);
            case Tag.COPY_DONE -> CopyDone.decode(body);
            case Tag.COPY_IN_RESPONSE -> CopyInResponse.decode(body);
            case Tag.COPY_OUT_RESPONSE -> CopyOutResponse.decode(body);
            case Tag.DATA_ROW -> DataRow.decode(body);
            case Tag.EMPTY_QUERY_RESPONSE -> EmptyQueryResponse.decode(body);
            case Tag.ERROR_RESPONSE -> ErrorResponse.decode(body);
            case Tag.FUNCTION_CALL_RESPONSE -> FunctionCallResponse.decode(body);
            case Tag.NEGOTIATE_PROTOCOL_VERSION -> NegotiateProtocolVersion.decode(body);
            case Tag.NOTICE_RESPONSE -> NoticeResponse.decode(body);
            case Tag.NOTIFICATION_RESPONSE -> NotificationResponse.decode(body);
            case Tag.NO_DATA -> NoData.decode(body);
            case Tag.PARAMETER_DESCRIPTION -> ParameterDescription.decode(body);
            case Tag.PARAMETER_STATUS -> ParameterStatus.decode(body);
            case Tag.PARSE_COMPLETE -> ParseComplete.decode(body);
            case Tag.PORTAL_SUSPENDED -> PortalSuspended.decode(body);
            case Tag.READY_FOR_QUERY -> ReadyForQuery.decode(body);
            case Tag.ROW_DESCRIPTION -> RowDescription.decode(body);
            default -> throw new ProtocolException("invalid message type " + (tag & 0xff));
        };
    }
}
