package dev.sqlmem.snapshot;

import dev.sqlmem.cache.generation.StoredTable;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Reads a cache file: its directory at once, the tables' pages one by one. Used by one thread at a time. */
public final class CacheFileReader {
    private static final int BUFFER_BYTES = 1 << 20;

    private final RandomAccessFile file;
    private final Path pages;
    private final List<Entry> entries = new ArrayList<>();
    private final byte[] marks;

    /**
     * Reads header, marks and directory.
     *
     * @param pages where {@link #extract} puts pages
     */
    CacheFileReader(RandomAccessFile file, Path pages) throws IOException {
        this.file = file;
        this.pages = pages;
        if (file.length() < Layout.HEADER_BYTES) {
            throw new DamagedFileException("it has only " + file.length() + " bytes");
        }
        byte[] first = new byte[Layout.HEADER_BYTES];
        file.seek(0);
        file.readFully(first);
        Layout.Header header = Layout.Header.decode(first, file.length());
        marks = new byte[header.marks()];
        file.readFully(marks);
        byte[] directory = new byte[header.directoryBytes()];
        file.seek(header.directory());
        file.readFully(directory);
        if (Checksum.of(directory, directory.length) != header.directoryChecksum()) {
            throw new DamagedFileException("its directory is damaged");
        }
        try {
            read(directory);
        } catch (DamagedFileException | ForeignFileException e) {
            throw e;
        } catch (IOException e) {
            throw new DamagedFileException("its directory cannot be understood: " + e.getMessage());
        }
    }

    private void read(byte[] directory) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(directory));
        String form = new String(Entry.block(in), StandardCharsets.UTF_8);
        if (!form.equals(StoredTable.form())) {
            throw new ForeignFileException("it was written by a version that keeps other things of a table");
        }
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            entries.add(Entry.read(in));
        }
    }

    /** The tables in the file, those included whose marks say that they must not be used. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Whether the table's mark allowed its use when the file was opened. */
    public boolean isLive(Entry entry) {
        return marks[entry.mark()] == Layout.LIVE;
    }

    /**
     * Copies a table's pages to a file, checking them.
     *
     * @return the file, which the next call replaces
     * @throws DamagedFileException where they are not what was written
     */
    public Path extract(Entry entry) throws IOException {
        PrivateFiles.create(pages);
        Checksum checksum = new Checksum();
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        long left = entry.bytes();
        try (FileChannel to = FileChannel.open(pages, StandardOpenOption.WRITE)) {
            FileChannel from = file.getChannel();
            long position = entry.position();
            while (left > 0) {
                buffer.clear().limit((int) Math.min(BUFFER_BYTES, left));
                int read = from.read(buffer, position);
                if (read < 0) {
                    throw new DamagedFileException("the pages end early");
                }
                checksum.update(buffer.flip());
                while (buffer.hasRemaining()) {
                    to.write(buffer);
                }
                left -= read;
                position += read;
            }
        }
        if (checksum.value() != entry.checksum()) {
            throw new DamagedFileException("the pages' checksum is wrong");
        }
        return pages;
    }
}
