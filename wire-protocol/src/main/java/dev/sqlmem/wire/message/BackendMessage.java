package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** What a server sends. Immutable but for the buffers some messages share with the body they were read from. */
public sealed interface BackendMessage
        permits Authentication,
                BackendKeyData,
                BindComplete,
                CloseComplete,
                CommandComplete,
                CopyBothResponse,
                CopyData,
                CopyDone,
                CopyInResponse,
                CopyOutResponse,
                DataRow,
                Diagnostic,
                EmptyQueryResponse,
                FunctionCallResponse,
                NegotiateProtocolVersion,
                NoData,
                NotificationResponse,
                ParameterDescription,
                ParameterStatus,
                ParseComplete,
                PortalSuspended,
                ReadyForQuery,
                RowDescription {

    /** Appends the whole message: tag, length and body. */
    void encode(ByteBuf out);
}
