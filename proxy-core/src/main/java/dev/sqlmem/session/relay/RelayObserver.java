package dev.sqlmem.session.relay;

import dev.sqlmem.wire.message.ErrorResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a conversation does when responses arrive. Called on the event loop. */
public interface RelayObserver {
    /**
     * A transaction status has arrived, before the client hears of it; {@code batch} is the last one that
     * it covers, 0 where the question was the proxy's own.
     */
    void ready(byte status, long batch);

    /** The answer to {@link SettingsProbe}: the values of its row, or an error. */
    void settled(List<String> values, @Nullable ErrorResponse error);

    /** A statement of the client's has been carried out, with this tag, or a part of one, with an empty tag. */
    void completed(String tag);

    /** A message of the client's has failed. */
    void failed();

    /** The answer to a Query or an Execute of the client's is complete, or will never come. */
    void ended();

    /** The messages up to the next Sync are void. */
    void batchFailed();

    /** A parameter has changed. */
    void parameter(String name, String value);

    /** Nothing is owed any more, or the server reads COPY data: what waited can go on. */
    void quiet();
}
