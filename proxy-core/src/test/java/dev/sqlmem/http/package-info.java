/** The HTTP endpoint, asked by real requests, of a real proxy in front of a real PostgreSQL. */
@NullMarked
package dev.sqlmem.http;

import org.jspecify.annotations.NullMarked;
