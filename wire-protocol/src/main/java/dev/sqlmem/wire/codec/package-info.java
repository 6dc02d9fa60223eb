/**
 * From bytes to messages. A client's connection begins with a {@link dev.sqlmem.wire.codec.StartupDecoder},
 * which reads the packets without a tag and is then replaced by a {@link
 * dev.sqlmem.wire.codec.FrameDecoder}; a server's has the latter from the start. Frames stay bytes: whoever
 * wants to know what is in one asks the message of its tag, and whoever only passes it on doesn't pay for the
 * question. Rows and COPY data arrive as runs of many small frames or as chunks of a large one.
 */
@NullMarked
package dev.sqlmem.wire.codec;

import org.jspecify.annotations.NullMarked;
