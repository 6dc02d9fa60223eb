package dev.sqlmem.plan;

/**
 * A plan and what it depends on beyond the shape.
 *
 * @param route the plan
 * @param positions literal slots whose values shaped it, rising
 */
@SuppressWarnings("ArrayRecordComponent")
public record Planned(Route route, int[] positions) {}
