/**
 * The product shown at work: a PostgreSQL server with sample data, the proxy in front of it, and a tour.
 *
 * <p>{@link dev.sqlmem.demo.Demo} starts {@link dev.sqlmem.demo.ShopDatabase}, an embedded PostgreSQL, and
 * a proxy before it; the files of both stay in {@link dev.sqlmem.demo.DemoFolder} from one start to the next.
 * {@link dev.sqlmem.demo.Tour} asks {@link dev.sqlmem.demo.TourPlan}'s statements through the proxy; what the proxy did with each is read from its own
 * counters ({@link dev.sqlmem.demo.Counters}), never assumed. {@link dev.sqlmem.demo.TourPage} prints it.
 */
@NullMarked
package dev.sqlmem.demo;

import org.jspecify.annotations.NullMarked;
