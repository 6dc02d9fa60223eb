package dev.sqlmem.relay;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.netty.util.internal.PlatformDependent;

/** What Netty holds in this process: all channels' buffers, as the proxy allocates no others. */
public final class NettyMemory {
    private NettyMemory() {}

    /** The bytes of its arenas and of what it took without them, pooled ones that are free included. */
    public static long bytes() {
        ByteBufAllocatorMetric metric = ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric();
        return Math.max(metric.usedDirectMemory(), PlatformDependent.usedDirectMemory()) + metric.usedHeapMemory();
    }
}
