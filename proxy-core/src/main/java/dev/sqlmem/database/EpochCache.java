package dev.sqlmem.database;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.ToIntBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the server has answered, each answer good for the epoch of the catalogs in which it was asked for. Clients
 * choose the keys, so there is an end to what is kept; what is seldom asked makes room. Thread-safe.
 */
final class EpochCache<K, V> {
    private record Answer<V>(V value, int epoch) {}

    private final Cache<K, Answer<V>> answers;

    private EpochCache(Cache<K, Answer<V>> answers) {
        this.answers = answers;
    }

    /** Creates a cache of so many answers at most, whose keys are all small. */
    static <K, V> EpochCache<K, V> ofCount(int most) {
        return new EpochCache<>(
                Caffeine.newBuilder().executor(Runnable::run).maximumSize(most).build());
    }

    /** Creates a cache of so many bytes at most. */
    static <K, V> EpochCache<K, V> ofBytes(long most, ToIntBiFunction<K, V> bytes) {
        return new EpochCache<>(Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumWeight(most)
                .weigher((K key, Answer<V> answer) -> bytes.applyAsInt(key, answer.value))
                .build());
    }

    /** Returns the answer of this epoch, or null where there is none; allocates nothing. */
    @Nullable
    V get(K key, int epoch) {
        Answer<V> known = answers.getIfPresent(key);
        if (known == null || known.epoch != epoch) {
            return null;
        }
        return known.value;
    }

    void keep(K key, V value, int epoch) {
        answers.put(key, new Answer<>(value, epoch));
    }
}
