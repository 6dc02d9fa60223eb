package dev.sqlmem.wire.codec;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;

/** Heap buffers only, whose bytes are counted; not pooled, not searched for leaks. For one thread. */
final class CountingAllocator extends AbstractByteBufAllocator {
    private long allocated;
    private long used;

    /** All bytes ever allocated, those for growing buffers included. */
    long allocated() {
        return allocated;
    }

    /** The bytes allocated and not freed. */
    long used() {
        return used;
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return new UnpooledHeapByteBuf(this, initialCapacity, maxCapacity) {
            @Override
            protected byte[] allocateArray(int capacity) {
                allocated += capacity;
                used += capacity;
                return super.allocateArray(capacity);
            }

            @Override
            protected void freeArray(byte[] array) {
                used -= array.length;
                super.freeArray(array);
            }
        };
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        return newHeapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }
}
