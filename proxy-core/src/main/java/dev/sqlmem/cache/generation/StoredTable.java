package dev.sqlmem.cache.generation;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.Provenance;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.storage.TypeCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A generation without its rows: all that must be known to make one of its pages again, and to tell whether
 * that may be done.
 *
 * @param layout the definition of the table at its load, and which of its columns are there
 * @param codecs by which class, and as what, each column's values are stored
 * @param provenance where the rows come from
 * @param generation the number that the generation had
 * @param lastUsed when it was last read, in milliseconds since 1970
 */
public record StoredTable(
        TableLayout layout,
        Generation.Contents contents,
        List<String> codecs,
        Provenance provenance,
        long generation,
        long lastUsed) {

    public static StoredTable of(Generation generation, Provenance provenance, long lastUsed) {
        TableLayout layout = generation.layout();
        return new StoredTable(layout, generation.contents(), codecs(layout), provenance, generation.id(), lastUsed);
    }

    private static List<String> codecs(TableLayout layout) {
        return layout.columns().stream()
                .map(column -> {
                    TypeCodec codec = column.codec();
                    if (codec == null) {
                        return "";
                    }
                    return codec.getClass().getName() + " " + codec.storage();
                })
                .toList();
    }

    /** The form of what {@link #encode} writes; bytes of another form can't be decoded. */
    public static String form() {
        return RecordFormat.signature(StoredTable.class);
    }

    /** The record as bytes. */
    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            RecordFormat.write(out, this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * The record of {@link #encode}'s bytes.
     *
     * @throws IOException where they are not such
     */
    public static StoredTable decode(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        StoredTable stored = RecordFormat.read(in, StoredTable.class);
        if (in.available() > 0) {
            throw new IOException("bytes after the end of a record");
        }
        return stored;
    }

    /** The table as it was defined at its load. */
    public TableDefinition definition() {
        return layout.table();
    }

    /** The attribute numbers of the columns that it has. */
    public List<Integer> attnums() {
        return layout.columns().stream().map(ColumnDefinition::attnum).toList();
    }

    /** When its load began. */
    public Instant loadedAt() {
        return contents.loadedAt();
    }

    /** How many rows it has. */
    public long rows() {
        return contents.rows();
    }

    /** The bytes of its pages. */
    public long bytes() {
        return contents.bytes();
    }

    /**
     * Why it can't stand for the table any more, or null where it can: the same table with the same columns,
     * stored as this version stores them.
     *
     * @param now the table's definition, null where it is gone
     * @param from where a load's rows would come from now
     */
    public @Nullable String obstacle(@Nullable TableDefinition now, Provenance from) {
        if (now == null) {
            return "the table is gone";
        }
        TableDefinition then = layout.table();
        if (then.oid() != now.oid()
                || then.kind() != now.kind()
                || !then.qualifiedName().equals(now.qualifiedName())) {
            return "it is another table now, " + now.qualifiedName();
        }
        if (now.notCacheable() != null) {
            return "the table cannot be cached any more: " + now.notCacheable();
        }
        for (ColumnDefinition column : layout.columns()) {
            if (!column.equals(now.find(column.attnum()))) {
                return "column " + column.name() + " is defined otherwise";
            }
            if (column.notCacheable() != null) {
                return "column " + column.name() + " cannot be cached";
            }
        }
        String difference = provenance.differenceTo(from);
        if (difference != null) {
            return difference;
        }
        if (Objects.equals(codecs, codecs(layout))) {
            return null;
        }
        return "this version stores the columns' types otherwise";
    }
}
