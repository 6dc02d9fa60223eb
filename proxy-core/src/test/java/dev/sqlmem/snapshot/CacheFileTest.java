package dev.sqlmem.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sqlmem.cache.generation.StoredTable;
import dev.sqlmem.catalog.TableDefinition;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CacheFileTest {
    private static final TableDefinition ORDERS = Cached.table(1, "orders");
    private static final TableDefinition CUSTOMERS = Cached.table(2, "customers");
    private static final TableKey ORDERS_KEY = new TableKey("db", 1);
    private static final TableKey CUSTOMERS_KEY = new TableKey("db", 2);

    @TempDir
    private Path directory = Path.of("");

    private final Cached cached = new Cached();

    @AfterEach
    void close() {
        cached.close();
    }

    private Path path() {
        return directory.resolve("cache.db");
    }

    private CacheFile open() throws IOException {
        return CacheFile.open(path(), InstantSource.system());
    }

    /** Saves both tables, orders first. */
    private static Map<TableKey, Long> both() {
        Map<TableKey, Long> keys = new LinkedHashMap<>();
        keys.put(ORDERS_KEY, 1L);
        keys.put(CUSTOMERS_KEY, 2L);
        return keys;
    }

    private void save() throws IOException {
        cached.load(ORDERS, 50).load(CUSTOMERS, 3);
        try (CacheFile file = open()) {
            assertThat(file.save(both(), cached.source()).tables()).isEqualTo(2);
        }
    }

    private static CacheFileReader read(CacheFile file) throws IOException {
        return Objects.requireNonNull(file.read());
    }

    @Test
    void givesBackEveryCellAndAllThatIsKnownOfTheTable() throws Exception {
        save();
        try (CacheFile file = open();
                Cached again = new Cached()) {
            CacheFileReader reader = read(file);
            for (Entry entry : reader.entries()) {
                assertThat(reader.isLive(entry)).isTrue();
                assertThat(entry.database()).isEqualTo("db");
                again.restore(entry.table(), reader.extract(entry));
            }
            assertThat(again.cells(1)).hasSize(50).isEqualTo(cached.cells(1));
            assertThat(again.cells(2)).hasSize(3).isEqualTo(cached.cells(2));
            StoredTable stored = reader.entries().get(0).table();
            assertThat(stored.definition()).isEqualTo(ORDERS);
            assertThat(stored.obstacle(ORDERS, Cached.PROVENANCE)).isNull();
            assertThat(StoredTable.decode(stored.encode())).isEqualTo(stored);
            var before = cached.tables.status().get(0);
            var after = again.tables.status().get(0);
            assertThat(after.loadedAt()).isEqualTo(before.loadedAt());
            assertThat(List.of(after.rows(), after.bytes(), after.indexes()))
                    .isEqualTo(List.of(before.rows(), before.bytes(), before.indexes()));
            assertThat(after.generation()).isGreaterThan(before.generation());
            assertThat(after.loads()).isZero();
            again.tables.invalidateAll();
            assertThat(again.budget.used()).isZero();
        }
    }

    @Test
    void isForItsOwnerAlone() throws IOException {
        List<String> modes = new ArrayList<>();
        try (CacheFile file = open()) {
            cached.load(ORDERS, 50);
            file.save(Map.of(ORDERS_KEY, 1L), (key, pages) -> {
                for (String name : List.of("cache.db.new", "cache.db.pages", "cache.db.lock")) {
                    modes.add(mode(directory.resolve(name)));
                }
                return cached.tables.store(key.oid(), pages);
            });
        }
        modes.add(mode(path()));
        assertThat(modes).hasSize(4).containsOnly("rw-------");
        assertThat(directory.resolve("cache.db.new")).doesNotExist();
        assertThat(directory.resolve("cache.db.pages")).doesNotExist();
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void noticesWhereverItIsCutOff() throws IOException {
        save();
        byte[] whole = Files.readAllBytes(path());
        for (int length = 0; length < whole.length; length += length < 200 ? 1 : 499) {
            byte[] part = Arrays.copyOf(whole, length);
            Files.write(path(), part);
            try (CacheFile file = open()) {
                assertThatThrownBy(file::read).as("%d bytes", length).isInstanceOf(DamagedFileException.class);
            }
        }
        Files.write(path(), Arrays.copyOf(whole, whole.length + 1));
        try (CacheFile file = open()) {
            assertThatThrownBy(file::read).isInstanceOf(DamagedFileException.class);
        }
    }

    /** Each flipped byte costs the table that it is in, or the file; it never yields anything else. */
    @Test
    void noticesEveryFlippedByte() throws IOException {
        save();
        byte[] whole = Files.readAllBytes(path());
        List<byte[]> pages = new ArrayList<>();
        List<Entry> entries;
        try (CacheFile file = open()) {
            CacheFileReader reader = read(file);
            entries = reader.entries();
            for (Entry entry : entries) {
                pages.add(Files.readAllBytes(reader.extract(entry)));
            }
        }
        long firstPages = entries.get(0).position();
        long directoryAt = entries.get(1).position() + entries.get(1).bytes();
        for (int at = 0; at < whole.length; at += at < firstPages || at >= directoryAt ? 3 : 499) {
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << at % 8);
            Files.write(path(), flipped);
            int usable = usable(entries, pages);
            assertThat(usable).as("byte %d", at).isEqualTo(at < Layout.HEADER_BYTES || at >= directoryAt ? 0 : 1);
        }
    }

    private int usable(List<Entry> entries, List<byte[]> pages) throws IOException {
        int usable = 0;
        try (CacheFile file = open()) {
            CacheFileReader reader = read(file);
            assertThat(reader.entries()).isEqualTo(entries);
            for (int i = 0; i < entries.size(); i++) {
                try {
                    if (reader.isLive(entries.get(i))) {
                        assertThat(Files.readAllBytes(reader.extract(entries.get(i))))
                                .isEqualTo(pages.get(i));
                        usable++;
                    }
                } catch (DamagedFileException noticed) {
                    // counted as not usable
                }
            }
        } catch (DamagedFileException | ForeignFileException noticed) {
            return 0;
        }
        return usable;
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void doesNotReadAnotherVersion(int later) throws IOException {
        save();
        byte[] bytes = Files.readAllBytes(path());
        ByteBuffer header = ByteBuffer.wrap(bytes);
        header.putInt(Layout.MAGIC.length, Layout.VERSION + later);
        header.putLong(Layout.HEADER_BYTES - 8, Checksum.of(bytes, Layout.HEADER_BYTES - 8));
        Files.write(path(), bytes);
        try (CacheFile file = open()) {
            assertThatThrownBy(file::read)
                    .isInstanceOf(ForeignFileException.class)
                    .hasMessageContaining("version " + (Layout.VERSION + later));
            Path aside = file.setAside("foreign");
            assertThat(aside).hasBinaryContent(bytes);
            assertThat(file.read()).isNull();
        }
    }

    @Test
    void takesBackWhatBecomesObsolete() throws IOException {
        save();
        try (CacheFile file = open()) {
            read(file);
            assertThat(file.obsolete(ORDERS_KEY)).isTrue();
            assertThat(file.obsolete(ORDERS_KEY)).isFalse();
            assertThat(file.obsolete(new TableKey("other", 1))).isFalse();
            assertThat(live()).containsExactly(false, true); // without any orderly end
        }
    }

    @Test
    void takesBackWhatBecomesObsoleteWhileItIsWritten() throws IOException {
        save();
        try (CacheFile file = open()) {
            read(file);
            file.save(both(), (key, pages) -> {
                StoredTable stored = cached.tables.store(key.oid(), pages);
                if (key.equals(CUSTOMERS_KEY)) {
                    file.obsolete(ORDERS_KEY);
                    assertThat(live()).containsExactly(false, true);
                }
                return stored;
            });
            assertThat(live()).containsExactly(false, true);
            file.obsolete(CUSTOMERS_KEY);
            assertThat(live()).containsExactly(false, false);
        }
    }

    /** The marks as another process would find them. */
    private List<Boolean> live() throws IOException {
        return live(path());
    }

    private List<Boolean> live(Path path) throws IOException {
        try (var raw = new RandomAccessFile(path.toFile(), "r")) {
            CacheFileReader reader = new CacheFileReader(raw, directory.resolve("other"));
            return reader.entries().stream().map(reader::isLive).toList();
        }
    }

    @Test
    void knowsWhetherASaveWouldChangeAnything() throws IOException {
        cached.load(ORDERS, 50);
        long generation = Objects.requireNonNull(cached.tables.storable().get(1L));
        try (CacheFile file = open()) {
            assertThat(file.holds(Map.of(ORDERS_KEY, generation))).isFalse();
            file.save(Map.of(ORDERS_KEY, generation), cached.source());
            assertThat(file.holds(Map.of(ORDERS_KEY, generation))).isTrue();
            assertThat(file.holds(Map.of(ORDERS_KEY, generation + 1))).isFalse();
            assertThat(file.holds(Map.of())).isFalse();
            file.obsolete(ORDERS_KEY);
            assertThat(file.holds(Map.of(ORDERS_KEY, generation))).isFalse();
        }
    }

    @Test
    void keepsTheFormerFileWhereASaveFails() throws IOException {
        save();
        byte[] former = Files.readAllBytes(path());
        try (CacheFile file = open()) {
            assertThatThrownBy(() -> file.save(both(), (key, pages) -> {
                        if (key.equals(CUSTOMERS_KEY)) {
                            throw new IOException("the disk is full");
                        }
                        return cached.tables.store(key.oid(), pages);
                    }))
                    .hasMessage("the disk is full");
            assertThat(path()).hasBinaryContent(former);
            try (var left = Files.list(directory)) {
                assertThat(left).hasSize(2); // and the lock
            }
            assertThat(file.save(both(), cached.source()).tables()).isEqualTo(2);
        }
    }

    /** Needs the right to mount: a file system of 300 kB, on which one small save fits and a larger one doesn't. */
    @Test
    void keepsTheFormerFileWhereTheDiskIsFull() throws Exception {
        Path small = Files.createDirectory(directory.resolve("small"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", small.toString()))
                .isZero();
        try (CacheFile file = CacheFile.open(small.resolve("cache.db"), InstantSource.system())) {
            cached.load(CUSTOMERS, 3);
            file.save(Map.of(CUSTOMERS_KEY, 2L), cached.source());
            byte[] former = Files.readAllBytes(file.path());
            cached.load(ORDERS, 20_000);

            assertThatThrownBy(() -> file.save(both(), cached.source())).hasMessageContaining("full");

            assertThat(file.path()).hasBinaryContent(former);
            cached.tables.invalidate(1);
            cached.load(Cached.table(3, "middle"), 3_200);
            assertThatThrownBy(() -> file.save(Map.of(new TableKey("db", 3), 3L), cached.source()))
                    .hasMessageContaining("No space left"); // there was room for the pages, but not twice
            assertThat(file.path()).hasBinaryContent(former);
            assertThat(live(file.path())).containsExactly(true);
        } finally {
            run("umount", small.toString());
        }
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).inheritIO().start().waitFor();
    }

    @Test
    void removesWhatAKilledProcessLeft() throws IOException {
        save();
        Files.writeString(directory.resolve("cache.db.new"), "half a file");
        Files.writeString(directory.resolve("cache.db.pages"), "pages");
        open().close();
        assertThat(directory.resolve("cache.db.new")).doesNotExist();
        assertThat(directory.resolve("cache.db.pages")).doesNotExist();
        assertThat(path()).exists();
    }

    @Test
    void hasOneUserAtATime() throws IOException {
        try (CacheFile file = open()) {
            assertThat(file.path()).isEqualTo(path());
            assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("another SQLmem");
        }
        open().close();
    }

    @Test
    void followsALinkAndRefusesADirectory() throws IOException {
        save();
        Path link = Files.createSymbolicLink(directory.resolve("link"), path());
        try (CacheFile file = CacheFile.open(link, InstantSource.system())) {
            assertThat(file.path()).isEqualTo(path().toRealPath());
        }
        assertThatThrownBy(() -> CacheFile.open(directory, InstantSource.system()))
                .hasMessageEndingWith("is a directory");
    }
}
