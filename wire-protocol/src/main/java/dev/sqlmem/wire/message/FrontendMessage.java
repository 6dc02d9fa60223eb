package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** What a client sends. Immutable but for the buffers some messages share with the body they were read from. */
public sealed interface FrontendMessage
        permits Bind,
                CancelRequest,
                Close,
                CopyData,
                CopyDone,
                CopyFail,
                Describe,
                Execute,
                Flush,
                FunctionCall,
                GSSENCRequest,
                GSSResponse,
                Parse,
                PasswordMessage,
                Query,
                SASLInitialResponse,
                SASLResponse,
                SSLRequest,
                StartupMessage,
                Sync,
                Terminate {

    /** Appends the whole message: its tag, if it has one, its length and its body. */
    void encode(ByteBuf out);
}
