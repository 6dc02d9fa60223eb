package dev.sqlmem.wire.codec;

import dev.sqlmem.wire.message.Authentication;
import dev.sqlmem.wire.message.BackendKeyData;
import dev.sqlmem.wire.message.BackendMessage;
import dev.sqlmem.wire.message.BindComplete;
import dev.sqlmem.wire.message.CloseComplete;
import dev.sqlmem.wire.message.CommandComplete;
import dev.sqlmem.wire.message.CopyBothResponse;
import dev.sqlmem.wire.message.CopyData;
import dev.sqlmem.wire.message.CopyDone;
import dev.sqlmem.wire.message.CopyInResponse;
import dev.sqlmem.wire.message.CopyOutResponse;
import dev.sqlmem.wire.message.DataRow;
import dev.sqlmem.wire.message.EmptyQueryResponse;
import dev.sqlmem.wire.message.ErrorResponse;
import dev.sqlmem.wire.message.FunctionCallResponse;
import dev.sqlmem.wire.message.NegotiateProtocolVersion;
import dev.sqlmem.wire.message.NoData;
import dev.sqlmem.wire.message.NoticeResponse;
import dev.sqlmem.wire.message.NotificationResponse;
import dev.sqlmem.wire.message.ParameterDescription;
import dev.sqlmem.wire.message.ParameterStatus;
import dev.sqlmem.wire.message.ParseComplete;
import dev.sqlmem.wire.message.PortalSuspended;
import dev.sqlmem.wire.message.ProtocolException;
import dev.sqlmem.wire.message.ReadyForQuery;
import dev.sqlmem.wire.message.RowDescription;
import dev.sqlmem.wire.message.Tag;
import io.netty.buffer.ByteBuf;

/** From tag and body to the message a server sent. The body stays with the caller. */
public final class BackendMessages {
    private BackendMessages() {}

    /** Reads a whole frame, tag and length included, as {@link FrameDecoder} emits it. Not for chunks. */
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
