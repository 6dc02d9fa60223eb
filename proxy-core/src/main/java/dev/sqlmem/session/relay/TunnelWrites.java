package dev.sqlmem.session.relay;

import dev.sqlmem.database.Database;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.wire.message.Frame;
import dev.sqlmem.wire.message.Tag;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/**
 * The SQL that a replication connection to a database runs beside its commands (manual, "Streaming
 * Replication Protocol"): whatever it may have written leaves the cache. Belongs to the event loop.
 */
public final class TunnelWrites {
    private static final int LONGEST = 24;
    private static final Set<String> COMMANDS = Set.of(
            "alter_replication_slot",
            "base_backup",
            "create_replication_slot",
            "drop_replication_slot",
            "identify_system",
            "read_replication_slot",
            "start_replication",
            "timeline_history",
            "upload_manifest");

    private final Database database;
    private boolean pending;

    public TunnelWrites(Database database) {
        this.database = database;
    }

    /** Looks at what the client sends. */
    public void sent(ByteBuf frame) {
        pending |= Frame.tag(frame) == Tag.QUERY && !isCommand(frame);
    }

    private static boolean isCommand(ByteBuf frame) {
        int start = frame.readerIndex() + Frame.HEADER;
        int length = Math.min(LONGEST, frame.writerIndex() - start);
        String text = frame.toString(start, length, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        return COMMANDS.contains(text.split("[^a-z_]", 2)[0])
                && frame.indexOf(start, frame.writerIndex(), (byte) ';') < 0;
    }

    /** Looks at what the server answers, before the client hears of it. */
    public void received(ByteBuf frame) {
        if (Frame.tag(frame) == Tag.READY_FOR_QUERY) {
            changed();
            pending &= frame.getByte(frame.readerIndex() + Frame.HEADER) != SessionState.IDLE;
        }
    }

    /** Whether a write may be under way. */
    public boolean isPending() {
        return pending;
    }

    /** Takes everything out of the cache if something may have been written. */
    public void changed() {
        if (pending) {
            database.writes().everythingChanged();
        }
    }
}
