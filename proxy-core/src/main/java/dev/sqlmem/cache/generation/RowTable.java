package dev.sqlmem.cache.generation;

import dev.sqlmem.cache.sqlite.CacheException;
import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TableDefinition;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes a generation of rows that the proxy itself has, so that ordinary statements can read them. */
public final class RowTable {
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private RowTable() {}

    /**
     * Stores rows.
     *
     * @param table its columns are of type text, int8 or timestamptz
     * @param rows each with a String, a Long, an Instant or null for each column
     * @return leased for the caller, who retires and releases it
     */
    public static Generation of(TableDefinition table, List<? extends List<?>> rows) {
        TableLayout layout = TableLayout.of(
                table, table.columns().stream().map(ColumnDefinition::attnum).collect(Collectors.toSet()), false);
        try (GenerationBuilder builder =
                new GenerationBuilder(layout, Instant.now(), new MemoryBudget(Long.MAX_VALUE))) {
            for (List<?> row : rows) {
                builder.row(tuple(row));
            }
            Generation generation = builder.seal();
            if (!generation.tryAcquire()) {
                throw new IllegalStateException("a new generation is retired already");
            }
            return generation;
        } catch (LoadRefusedException e) {
            throw new CacheException(0, String.valueOf(e.getMessage()));
        }
    }

    private static byte[] tuple(List<?> row) {
        ByteBuf tuple = Unpooled.buffer();
        tuple.writeShort(row.size());
        for (Object value : row) {
            field(tuple, value);
        }
        byte[] bytes = new byte[tuple.readableBytes()];
        tuple.readBytes(bytes);
        return bytes;
    }

    private static void field(ByteBuf tuple, @Nullable Object value) {
        if (value == null) {
            tuple.writeInt(-1);
        } else if (value instanceof Instant instant) {
            Duration since = Duration.between(EPOCH, instant);
            tuple.writeInt(Long.BYTES).writeLong(since.getSeconds() * 1_000_000 + since.getNano() / 1_000);
        } else if (value instanceof Long number) {
            tuple.writeInt(Long.BYTES).writeLong(number);
        } else {
            byte[] text = value.toString().getBytes(StandardCharsets.UTF_8);
            tuple.writeInt(text.length).writeBytes(text);
        }
    }
}
