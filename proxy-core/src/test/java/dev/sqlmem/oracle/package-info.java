/**
 * The oracle: the same statements asked directly and through the proxy, the answers compared frame
 * by frame.
 *
 * <p>{@link dev.sqlmem.oracle.OracleDatabase} holds the tables, {@link
 * dev.sqlmem.oracle.DifferentialGenerator} writes statements about them from a seed, {@link
 * dev.sqlmem.oracle.DifferentialRun} asks them under varied session settings and through every
 * form of the protocol, {@link dev.sqlmem.oracle.OracleRound} does so through a proxy of its own, {@link
 * dev.sqlmem.oracle.OracleReport} counts what came from the cache, construct by construct, and {@link
 * dev.sqlmem.oracle.SessionCases} holds conversations that matter for their order of messages. The harness tests run both against PostgreSQL alone and
 * against a liar, which shows that the oracle neither accuses the honest nor believes the liar.
 */
@NullMarked
package dev.sqlmem.oracle;

import org.jspecify.annotations.NullMarked;
