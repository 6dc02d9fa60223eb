/**
 * The oracle over several PostgreSQL versions, each in a container. The suite needs a Docker engine, and
 * says so on the console where it is skipped for want of one.
 */
@NullMarked
package dev.sqlmem.versions;

import org.jspecify.annotations.NullMarked;
