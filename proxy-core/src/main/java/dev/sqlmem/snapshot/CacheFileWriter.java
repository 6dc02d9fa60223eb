package dev.sqlmem.snapshot;

import dev.sqlmem.cache.generation.StoredTable;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Writes a cache file: {@link #add} for each table, then {@link #finish}. Used by one thread. */
final class CacheFileWriter {
    private static final int BUFFER_BYTES = 1 << 20;

    private final RandomAccessFile file;
    private final int marks;
    private final List<Entry> entries = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    /**
     * Begins a file whose marks are all off.
     *
     * @param file empty; stays the caller's to close
     * @param marks how many tables it can have
     */
    CacheFileWriter(RandomAccessFile file, int marks) throws IOException {
        this.file = file;
        this.marks = marks;
        file.write(new byte[Layout.HEADER_BYTES + marks]);
    }

    /** Adds a table whose pages are in a file of their own. */
    void add(TableKey key, int mark, StoredTable table, Path pages) throws IOException {
        long position = file.getFilePointer();
        Checksum checksum = new Checksum();
        try (FileChannel from = FileChannel.open(pages, StandardOpenOption.READ)) {
            FileChannel to = file.getChannel();
            while (from.read(buffer.clear()) >= 0) {
                checksum.update(buffer.flip());
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
            }
        }
        entries.add(
                new Entry(key.database(), mark, position, file.getFilePointer() - position, checksum.value(), table));
    }

    /** Completes the file; all but the marks. */
    void finish() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            Entry.block(out, StoredTable.form().getBytes(StandardCharsets.UTF_8));
            out.writeInt(entries.size());
            for (Entry entry : entries) {
                entry.write(out);
            }
        }
        byte[] directory = bytes.toByteArray();
        long position = file.getFilePointer();
        file.write(directory);
        file.seek(0);
        file.write(new Layout.Header(marks, position, directory.length, Checksum.of(directory, directory.length))
                .encode());
    }
}
