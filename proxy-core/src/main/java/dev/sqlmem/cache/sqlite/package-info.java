/**
 * SQLite below JDBC: connections and statements as sqlite-jdbc's lower layer has them, where a cell costs half of what it
 * costs through a ResultSet. Only here and in {@code cache.generation} is {@code org.sqlite} known.
 */
@NullMarked
package dev.sqlmem.cache.sqlite;

import org.jspecify.annotations.NullMarked;
