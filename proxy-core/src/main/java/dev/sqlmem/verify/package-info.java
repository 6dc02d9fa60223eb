/**
 * The oracle: a share of the answers that the cache has given is asked upstream as well, in the background,
 * and compared.
 *
 * <p>A sampled answer is computed once more, in text, on the generation that gave it. The verifier then asks
 * the server the same statement, with the same parameters and the client's settings, in a snapshot. Where the
 * rows differ, the data may only have aged: so the columns are loaded from that very snapshot, and the cache's
 * computation over them must give what the server gave. Only when it does not, and the catalogs have not
 * changed in between, it is a mismatch: logged, counted, and the shape goes to the server from then on.
 *
 * <p>None of this may harm serving. It has one thread, one upstream session a database, a bounded queue, at
 * most {@value dev.sqlmem.verify.Verifier#MOST_PER_SECOND} answers a second, and limits on rows, bytes and
 * time. What does not fit is skipped and counted.
 *
 * <p>A mismatch is logged at WARN with the shape, which holds no values, and where the answers part. Both
 * answers, the text and the parameters are rows of someone's data: they are logged at DEBUG only.
 */
@NullMarked
package dev.sqlmem.verify;

import org.jspecify.annotations.NullMarked;
