package dev.sqlmem.database;

import dev.sqlmem.catalog.TableName;
import dev.sqlmem.upstream.jdbc.ServiceDatabase;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tables whose readers meet a lock, as asked of the server once in an epoch of the catalogs. Thread-safe.
 */
public final class LockReaches {
    private static final int MOST = 10_000;

    private final ServiceDatabase service;
    private final CatalogWatch watch;
    private final Function<UpstreamTask, CompletableFuture<?>> asker;
    private final Map<String, Reach> reaches = new ConcurrentHashMap<>();

    private record Reach(Set<Long> oids, int epoch) {}

    LockReaches(ServiceDatabase service, CatalogWatch watch, Function<UpstreamTask, CompletableFuture<?>> asker) {
        this.service = service;
        this.watch = watch;
        this.asker = asker;
    }

    /** The tables whose readers meet locks on the named ones; null where the server must be asked. */
    public @Nullable Set<Long> reach(String searchPath, Set<TableName> names) {
        Set<Long> oids = new HashSet<>();
        for (TableName name : names) {
            Reach known = reaches.get(key(searchPath, name));
            if (known == null || known.epoch != watch.epoch()) {
                return null;
            }
            oids.addAll(known.oids);
        }
        return oids;
    }

    /** Asks for them; a name that means no table has none. */
    public CompletableFuture<?> fetch(String searchPath, Set<TableName> names) {
        return asker.apply(() -> {
            for (TableName name : names) {
                int epoch = watch.epoch();
                Set<Long> oids = service.locksReach(searchPath, name);
                if (reaches.size() >= MOST) {
                    reaches.clear(); // names that come once each; whoever needs one of the others asks again
                }
                reaches.put(key(searchPath, name), new Reach(oids, epoch));
            }
        });
    }

    private static String key(String searchPath, TableName name) {
        return searchPath + '\0' + name;
    }
}
