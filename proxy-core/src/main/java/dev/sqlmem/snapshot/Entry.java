package dev.sqlmem.snapshot;

import dev.sqlmem.cache.generation.StoredTable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * One table in a cache file.
 *
 * @param database the name of its database
 * @param mark the number of its mark
 * @param position where its pages are
 * @param bytes how many bytes they take
 * @param checksum theirs
 */
public record Entry(String database, int mark, long position, long bytes, long checksum, StoredTable table) {

    /** Says which table of the running proxy it belongs to. */
    public TableKey key() {
        return new TableKey(database, table.definition().oid());
    }

    void write(DataOutputStream out) throws IOException {
        block(out, database.getBytes(StandardCharsets.UTF_8));
        out.writeInt(mark);
        out.writeLong(position);
        out.writeLong(bytes);
        out.writeLong(checksum);
        block(out, table.encode());
    }

    static Entry read(DataInputStream in) throws IOException {
        return new Entry(
                new String(block(in), StandardCharsets.UTF_8),
                in.readInt(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                StoredTable.decode(block(in)));
    }

    static void block(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static byte[] block(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new DamagedFileException("its directory is cut off");
        }
        return in.readNBytes(length);
    }
}
