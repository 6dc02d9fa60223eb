/**
 * The cache in a file, from one process to the next.
 *
 * <p>{@link dev.sqlmem.snapshot.CacheFileWriter} writes the generations of all databases to a new file,
 * {@link dev.sqlmem.snapshot.CacheFileReader} reads them from one, table by table, and trusts nothing that
 * its checksums don't confirm. {@link dev.sqlmem.snapshot.CacheFile} is the place: the file with its
 * temporary neighbours and the lock that keeps two proxies from sharing it. While the proxy runs, {@link
 * dev.sqlmem.snapshot.Marks} takes back in the file what has been invalidated since it was written, so that
 * a proxy that is killed does not come up again with data that a write had made stale.
 *
 * <p>This room knows files and bytes; what is in a table's pages only the cache knows, and which tables are
 * saved and restored when is decided in {@code database}.
 */
@NullMarked
package dev.sqlmem.snapshot;

import org.jspecify.annotations.NullMarked;
