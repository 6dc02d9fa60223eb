/**
 * The oracle and the contract in front of PostgreSQL's other versions: servers from Maven Central, and containers
 * where a Docker engine is found.
 */
@NullMarked
package dev.sqlmem.versions;

import org.jspecify.annotations.NullMarked;
