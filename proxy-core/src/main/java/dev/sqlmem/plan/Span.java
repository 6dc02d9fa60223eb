package dev.sqlmem.plan;

/**
 * A constant interval of days and time, without months.
 *
 * @param days whole days
 * @param micros the time beside them
 * @param literal what it was read from, to compare with
 */
record Span(long days, long micros, Value literal) implements Operand {
    @Override
    public int type() {
        return Oid.INTERVAL;
    }
}
