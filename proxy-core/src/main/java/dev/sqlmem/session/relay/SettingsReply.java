package dev.sqlmem.session.relay;

import dev.sqlmem.wire.message.DataRow;
import dev.sqlmem.wire.message.ErrorResponse;
import dev.sqlmem.wire.message.Frame;
import dev.sqlmem.wire.message.ReadyForQuery;
import dev.sqlmem.wire.message.Tag;
import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers the server's answer to {@link SettingsProbe}: one row or an error, then ReadyForQuery. */
final class SettingsReply {
    private List<String> values = List.of();
    private @Nullable ErrorResponse error;

    /** Takes in a frame of the answer and releases it. */
    void receive(byte tag, ByteBuf frame, RelayObserver observer) {
        if (tag == Tag.ERROR_RESPONSE) {
            error = ErrorResponse.decode(Frame.body(frame));
        } else if (tag == Tag.READY_FOR_QUERY) {
            List<String> told = values;
            ErrorResponse failure = error;
            values = List.of();
            error = null;
            observer.ready(ReadyForQuery.decode(Frame.body(frame)).status(), 0);
            observer.settled(told, failure);
        }
        frame.release();
    }

    /** Takes in the row and releases it. */
    void row(ByteBuf frame) {
        try {
            values = SettingsProbe.values(DataRow.decode(Frame.body(frame)));
        } finally {
            frame.release();
        }
    }
}
