/** The codecs against a real server: every type, both formats, all settings, and the order of stored values. */
@NullMarked
package dev.sqlmem.types;

import org.jspecify.annotations.NullMarked;
